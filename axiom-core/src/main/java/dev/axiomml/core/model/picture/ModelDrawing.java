package dev.axiomml.core.model.picture;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** A model as boxes and arrows, in the order of running; what is known before is not drawn. */
public record ModelDrawing(List<Box> boxes, List<Arrow> arrows) {
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

  public ModelDrawing {
    boxes = List.copyOf(boxes);
    arrows = List.copyOf(arrows);
  }

  /** The drawing of a graph whose outputs have names of their own. */
  public static ModelDrawing of(Graph graph, List<String> outputs) {
    Sketching sketching = new Sketching(graph);
    List<OptionalInt> in =
        graph.inputs().stream()
            .map(v -> sketching.box(Role.INPUT, v.name(), text(v.type()), List.of()))
            .toList();
    List<OptionalInt> out = graph.read(in, sketching);
    for (int i = 0; i < out.size(); i++) {
      Type type = graph.outputs().get(i).type();
      sketching.box(Role.OUTPUT, outputs.get(i), text(type), List.of(out.get(i)));
    }
    return new ModelDrawing(sketching.boxes, sketching.arrows);
  }

  private static String detail(Graph graph, Node node) {
    long weights = graph.weightCount(node);
    String count = weights == 0 ? "" : String.format(java.util.Locale.ROOT, ", %,d", weights);
    return node.op().title() + count + " → " + text(node.out().get(0).type());
  }

  /** A type as people read it: a tensor of float32 is its shape. */
  public static String text(Type type) {
    boolean usual = type.isTensor() && type.dtype() == DType.FLOAT32;
    return usual ? type.shape().toString() : type.toString();
  }

  /** The reading that draws: a value is the box that makes it, nothing where that is not drawn. */
  private static final class Sketching implements GraphReading<OptionalInt> {
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Graph graph;

    Sketching(Graph graph) {
      this.graph = graph;
    }

    @Override
    public OptionalInt constant(Value at, Tensor tensor) {
      return OptionalInt.empty();
    }

    @Override
    public List<OptionalInt> node(Node at, List<OptionalInt> in) {
      if (at.out().stream().allMatch(graph::isKnown)) {
        return Collections.nCopies(at.out().size(), OptionalInt.empty());
      }
      return Collections.nCopies(at.out().size(), box(Role.NODE, at.name(), detail(graph, at), in));
    }

    private OptionalInt box(Role role, String title, String detail, List<OptionalInt> in) {
      int[] from = in.stream().flatMapToInt(OptionalInt::stream).toArray();
      int row = Arrays.stream(from).map(i -> boxes.get(i).row() + 1).max().orElse(0);
      Arrays.stream(from).forEach(i -> arrows.add(new Arrow(i, boxes.size())));
      boxes.add(new Box(role, title, detail, row));
      return OptionalInt.of(boxes.size() - 1);
    }
  }
}
