package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.core.ir.Graph;

/** Opens the backend's table to the page that is made of it. */
public final class NativeTable {
  private NativeTable() {}

  /** Whether kernels run all nodes of a graph; needs no library. */
  public static boolean covers(Graph graph) {
    return graph.nodes().stream().allMatch(node -> KernelPlanner.hasKernel(graph, node));
  }
}
