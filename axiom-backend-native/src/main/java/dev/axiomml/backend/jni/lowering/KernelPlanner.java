package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The reading that puts instructions down: a value means the place where it lies. */
public final class KernelPlanner implements GraphReading<MemorySlot> {
  private final KernelCallList listing = new KernelCallList();

  private KernelPlanner() {}

  /** The instructions of a graph whose nodes all have kernels. */
  public static Listed list(Graph graph) {
    KernelPlanner planner = new KernelPlanner();
    List<MemorySlot> inputs = new ArrayList<>();
    for (Value input : graph.inputs()) {
      inputs.add(
          new MemorySlot(MemorySlot.Space.INPUT, inputs.size(), input.type().shape().count()));
    }
    return planner.ended(graph.read(inputs, planner));
  }

  /** Whether a node has a kernel for its settings and shapes. */
  public static boolean hasKernel(Graph graph, Node node) {
    List<MemorySlot> in =
        node.in().stream()
            .filter(KernelLowerings::isHeld)
            .map(v -> new MemorySlot(space(graph, v), v.id(), v.type().shape().count()))
            .toList();
    return in.size() == node.in().size()
        && KernelLowerings.lower(new LoweringContext(node, in, new KernelCallList())).isPresent();
  }

  private static MemorySlot.Space space(Graph graph, Value value) {
    return graph.constant(value).isPresent() ? MemorySlot.Space.WEIGHTS : MemorySlot.Space.ARENA;
  }

  @Override
  public MemorySlot constant(Value at, Tensor tensor) {
    return listing.weights(tensor);
  }

  @Override
  public List<MemorySlot> node(Node at, List<MemorySlot> in) {
    Optional<MemorySlot> slot = KernelLowerings.lower(new LoweringContext(at, in, listing));
    return List.of(slot.orElseThrow(() -> new IllegalStateException("no kernel for " + at.name())));
  }

  /**
   * The first time an intermediate value is answered it is written to the caller's memory at once;
   * what lies elsewhere is copied there.
   */
  private Listed ended(List<MemorySlot> outputs) {
    Map<MemorySlot, MemorySlot> moved = new LinkedHashMap<>();
    List<KernelCall> copies = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      MemorySlot from = outputs.get(i);
      MemorySlot to = new MemorySlot(MemorySlot.Space.OUTPUT, i, from.count());
      if (!from.isIntermediate() || moved.putIfAbsent(from, to) != null) {
        List<StridedLoop> all = List.of(new StridedLoop(from.count(), 1, 1));
        copies.add(
            new KernelCall(
                KernelOpcode.COPY,
                List.of(from, to),
                AxisKernels.copy(0, 0, all),
                List.of("output " + i)));
      }
    }
    List<KernelCall> all = new ArrayList<>(listing.instructions());
    all.addAll(copies);
    List<KernelCall> ended =
        all.stream().map(i -> i.withSlots(slot -> moved.getOrDefault(slot, slot))).toList();
    return new Listed(ended, listing.weights());
  }

  /**
   * What became of a graph.
   *
   * @param instructions in the order of running
   * @param weights what the weight slots speak of
   */
  public record Listed(List<KernelCall> instructions, List<Tensor> weights) {
    /** Bytes of the constants that instructions read. */
    public long weightBytes() {
      return instructions.stream()
          .flatMap(i -> i.inputs().stream())
          .filter(slot -> slot.space() == MemorySlot.Space.WEIGHTS)
          .distinct()
          .sorted(Comparator.comparingInt(MemorySlot::index))
          .mapToLong(slot -> 4L * slot.count())
          .sum();
    }

    /** The same over other weights. */
    public Listed withTensors(UnaryOperator<Tensor> change) {
      return new Listed(instructions, weights.stream().map(change).toList());
    }

    public Listed with(List<KernelCall> others) {
      return new Listed(others, weights);
    }
  }
}
