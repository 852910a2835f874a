package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reading that puts instructions down: a value means the place where it lies. */
final class Planner implements Meaning<Slot> {
  private final Listing listing = new Listing();

  private Planner() {}

  /** The instructions of a graph whose nodes all have kernels. */
  static Listed list(Graph graph) {
    Planner planner = new Planner();
    List<Slot> inputs = new ArrayList<>();
    for (Value input : graph.inputs()) {
      inputs.add(new Slot(Slot.Space.INPUT, inputs.size(), input.type().shape().count()));
    }
    return planner.ended(graph.read(inputs, planner));
  }

  /** Whether a node has a kernel for its settings and shapes. */
  static boolean hasKernel(Node node) {
    List<Slot> in =
        node.in().stream()
            .filter(Rules::isHeld)
            .map(v -> new Slot(Slot.Space.ARENA, v.id(), v.type().shape().count()))
            .toList();
    return in.size() == node.in().size()
        && Rules.lower(new Site(node, in, new Listing())).isPresent();
  }

  @Override
  public Slot constant(Value at, Tensor tensor) {
    return listing.weights(tensor);
  }

  @Override
  public List<Slot> node(Node at, List<Slot> in) {
    Optional<Slot> slot = Rules.lower(new Site(at, in, listing));
    return List.of(slot.orElseThrow(() -> new IllegalStateException("no kernel for " + at.name())));
  }

  /**
   * The first time an intermediate value is answered it is written to the caller's memory at once;
   * what lies elsewhere is copied there.
   */
  private Listed ended(List<Slot> outputs) {
    Map<Slot, Slot> moved = new LinkedHashMap<>();
    List<Instruction> copies = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Slot from = outputs.get(i);
      Slot to = new Slot(Slot.Space.OUTPUT, i, from.count());
      if (!from.isIntermediate() || moved.putIfAbsent(from, to) != null) {
        List<Axis> all = List.of(new Axis(from.count(), 1, 1));
        copies.add(
            new Instruction(
                Opcode.COPY, List.of(from, to), Lines.copy(0, 0, all), List.of("output " + i)));
      }
    }
    List<Instruction> all = new ArrayList<>(listing.instructions());
    all.addAll(copies);
    List<Instruction> ended =
        all.stream().map(i -> i.withSlots(slot -> moved.getOrDefault(slot, slot))).toList();
    return new Listed(ended, listing.weights());
  }

  /**
   * What became of a graph.
   *
   * @param instructions in the order of running
   * @param weights what the weight slots speak of
   */
  record Listed(List<Instruction> instructions, List<Tensor> weights) {
    /** Bytes of the constants that instructions read. */
    long weightBytes() {
      return instructions.stream()
          .flatMap(i -> i.inputs().stream())
          .filter(slot -> slot.space() == Slot.Space.WEIGHTS)
          .distinct()
          .sorted(Comparator.comparingInt(Slot::index))
          .mapToLong(slot -> 4L * slot.count())
          .sum();
    }

    Listed with(List<Instruction> others) {
      return new Listed(others, weights);
    }
  }
}
