package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model as boxes and arrows, in the order of running; constants are not drawn. */
record ModelDrawing(List<Box> boxes, List<Arrow> arrows) {
  /** What a box stands for. */
  enum Role {
    INPUT,
    NODE,
    OUTPUT
  }

  /**
   * A box.
   *
   * @param row how many arrows at most lead to it from an input
   */
  record Box(Role role, String title, String detail, int row) {}

  /** From one box to another, by their positions in the list. */
  record Arrow(int from, int to) {}

  ModelDrawing {
    boxes = List.copyOf(boxes);
    arrows = List.copyOf(arrows);
  }

  static ModelDrawing of(Model<?> model) {
    Sketching sketching = new Sketching();
    Graph graph = model.graph();
    for (Value input : graph.inputs()) {
      sketching.box(Role.INPUT, input.name(), text(input.type()), List.of());
      sketching.makes(input);
    }
    for (Node node : graph.nodes()) {
      sketching.box(Role.NODE, node.name(), detail(node), node.in());
      node.out().forEach(sketching::makes);
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      String name = model.signature().outputs().get(i).name();
      sketching.box(Role.OUTPUT, name, text(output.type()), List.of(output));
    }
    return new ModelDrawing(sketching.boxes, sketching.arrows);
  }

  private static String detail(Node node) {
    long weights =
        node.op().parameters().stream().map(Parameter::tensor).mapToLong(t -> t.size()).sum();
    String count = weights == 0 ? "" : String.format(java.util.Locale.ROOT, ", %,d", weights);
    return node.op().title() + count + " → " + text(node.out().get(0).type());
  }

  private static String text(Type type) {
    boolean usual = type.isTensor() && type.dtype() == DType.FLOAT32;
    return usual ? type.shape().toString() : type.toString();
  }

  /** The drawing while it is made. */
  private static final class Sketching {
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<Value, Integer> makers = new HashMap<>();

    void box(Role role, String title, String detail, List<Value> in) {
      int row = 0;
      for (Value value : in) {
        Optional<Integer> from = Optional.ofNullable(makers.get(value));
        row = Math.max(row, from.map(i -> boxes.get(i).row() + 1).orElse(0));
        from.ifPresent(i -> arrows.add(new Arrow(i, boxes.size())));
      }
      boxes.add(new Box(role, title, detail, row));
    }

    void makes(Value value) {
      makers.put(value, boxes.size() - 1);
    }
  }
}
