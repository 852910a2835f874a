package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelLowerings;
import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.PlanFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled kernels: float32 graphs of fixed shapes, one native call a prediction.
 *
 * <p>Levels STRICT and STANDARD round as the operators state, in another order of summation and
 * with fused multiply-add; STANDARD also joins bias, residual sum and activation with the product
 * before them. AGGRESSIVE computes convolutions of 3 × 3 windows by Winograd's algorithm where that
 * takes less time, and says which and how far they may be off ({@link Plan#departures}). An output
 * does not depend on the batch around its sample, nor on the number of threads.
 */
public final class NativeBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(NativeBackend.class);

  /** For {@link java.util.ServiceLoader}; use {@link Backends#NATIVE}. */
  public NativeBackend() {}

  @Override
  public BackendId id() {
    return Backends.NATIVE;
  }

  @Override
  public Optional<String> unavailable() {
    return JniLoader.unavailable();
  }

  @Override
  public Optional<String> instructions() {
    return unavailable().isEmpty() ? Optional.of(Kernels.isa()) : Optional.empty();
  }

  @Override
  public Plan compile(Graph graph, Compilation options) {
    return plans(options).plan(graph);
  }

  @Override
  public PlanFactory plans(Compilation options) {
    ModelMemory memory = new ModelMemory();
    return graph -> plan(graph, options, memory);
  }

  private Plan plan(Graph graph, Compilation options, ModelMemory memory) {
    unavailable()
        .ifPresent(
            reason -> {
              throw new BackendException(noLibrary(reason));
            });
    Set<Node> inJava = new LinkedHashSet<>(graph.nodes());
    inJava.removeIf(node -> KernelPlanner.hasKernel(graph, node));
    boolean whole = inJava.isEmpty() && isHeld(graph);
    if (!whole && !options.javaForTheRest()) {
      throw refusal(graph, inJava);
    }
    if (!whole) {
      LOG.info(
          "{} of {} nodes run in Java: {}", inJava.size(), graph.nodes().size(), kinds(inJava));
    }
    return whole
        ? NativePlan.of(graph, options, memory)
        : MixedPlan.of(graph, inJava, options, memory);
  }

  /** What to say where the library cannot be used. */
  static Diagnosis noLibrary(String reason) {
    return new Diagnosis(
        "no native library: " + reason,
        "native backend",
        "a backend that is asked for by name is never replaced by another",
        "use Backends.REFERENCE, or Backends.choose() for the fastest that runs");
  }

  private static Set<String> kinds(Set<Node> nodes) {
    return nodes.stream().map(node -> node.op().title()).collect(Collectors.toSet());
  }

  /** Whether inputs and outputs are what kernels can hold. */
  private static boolean isHeld(Graph graph) {
    return graph.inputs().stream().allMatch(KernelLowerings::isHeld)
        && graph.outputs().stream().allMatch(KernelLowerings::isHeld);
  }

  private static BackendException refusal(Graph graph, Set<Node> inJava) {
    List<String> names =
        inJava.stream()
            .map(n -> n.op().title() + " " + n.name() + " on " + n.inTypes())
            .limit(20)
            .toList();
    String more = inJava.size() > names.size() ? " and " + (inJava.size() - names.size()) : "";
    String what =
        inJava.isEmpty()
            ? "inputs or outputs that are no float32 tensors: " + graph.inputs()
            : inJava.size() + " nodes without a native kernel: " + String.join(", ", names) + more;
    return new BackendException(
        new Diagnosis(
            what,
            "native backend",
            "nothing runs elsewhere unless the caller allows it",
            "compile with Compilation.DEFAULT.withJavaForTheRest(), or use Backends.REFERENCE"));
  }
}
