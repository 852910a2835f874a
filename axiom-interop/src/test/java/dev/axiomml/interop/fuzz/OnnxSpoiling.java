package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is done to a node that was drawn well: it may be well no more, as ONNX Runtime says. */
final class OnnxSpoiling {
  private static final Shape EIGHT = Shape.of(1, 1, 1, 1, 1, 1, 1, 1);

  private OnnxSpoiling() {}

  /**
   * One of the operands is as long as 1 along an axis, or one number. Nodes on nothing stay: of no
   * elements no size can be told from another.
   */
  static void cut(OnnxDraft node) {
    boolean nothing =
        node.operands().stream().anyMatch(o -> o.tensor().filter(x -> x.size() == 0).isPresent());
    if (nothing) {
      return;
    }
    List<Integer> plural =
        IntStream.range(0, node.operands().size()).filter(i -> isPlural(node, i)).boxed().toList();
    if (plural.isEmpty()) {
      return;
    }
    int i = plural.get(node.draw.below(plural.size()));
    Tensor whole = node.operands().get(i).tensor().orElseThrow();
    int axis = node.draw.below(whole.shape().rank());
    Shape shape = node.draw.chance(0.3) ? Shape.of(1) : whole.shape().with(axis, Dim.ONE);
    node.replace(i, first(whole, shape));
  }

  private static boolean isPlural(OnnxDraft node, int i) {
    return node.operands().get(i).tensor().filter(x -> x.size() > 1).isPresent();
  }

  private static Tensor first(Tensor whole, Shape shape) {
    int count = shape.count();
    return whole.dtype().isFloat()
        ? Tensor.ofDoubles(shape, whole.dtype(), java.util.Arrays.copyOf(whole.toDoubles(), count))
        : Tensor.ofIntegers(shape, whole.dtype(), java.util.Arrays.copyOf(whole.toLongs(), count));
  }

  /** A setting that the operator has and the node does not state, with a value of its kind. */
  static void spare(OnnxDraft node) {
    List<String> left =
        OnnxFirstOpsets.settings(node).stream()
            .filter(s -> !s.isEmpty() && !node.settings().containsKey(s.split(":")[0]))
            .toList();
    if (!left.isEmpty()) {
      String[] parts = left.get(node.draw.below(left.size())).split("[:!=]");
      value(node.draw, parts[1]).ifPresent(value -> node.set(parts[0], value));
    }
  }

  private static Optional<Object> value(OnnxDraw draw, String kind) {
    return switch (kind) {
      case "INT" -> Optional.of((long) draw.from(1, 3));
      case "FLOAT" -> Optional.of(draw.pick(0.5f, 2f, -1.5f));
      case "INTS" ->
          Optional.of(
              IntStream.range(0, draw.from(1, 4)).mapToLong(i -> draw.from(1, 2)).toArray());
      case "STRING" ->
          Optional.of(draw.pick("SAME_UPPER", "VALID", "reflect", "linear", "sum", "CRD", "tanh"));
      default -> Optional.empty();
    };
  }

  /** A type that the first result cannot have. */
  static Tensor wrong(OnnxDraft node, OnnxNodeCase.Damage how) {
    DType own = node.dtype();
    DType other = own == DType.INT16 ? DType.INT8 : DType.INT16;
    Shape first = node.operands().get(0).tensor().orElseThrow().shape();
    long[] sizes = IntStream.range(0, first.rank()).mapToLong(i -> i == 0 ? 97 : 1).toArray();
    return switch (how) {
      case TYPE -> Tensor.zeros(EIGHT).to(other);
      case SIZE -> Tensor.zeros(Shape.of(sizes)).to(own);
      default -> Tensor.zeros(EIGHT).to(own);
    };
  }
}
