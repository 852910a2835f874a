package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Node;

/** Opens the backend's table to the page that is made of it. */
public final class NativeTable {
  private NativeTable() {}

  /** Whether a kernel runs a node; needs no library. */
  public static boolean covers(Node node) {
    return KernelPlanner.hasKernel(node);
  }
}
