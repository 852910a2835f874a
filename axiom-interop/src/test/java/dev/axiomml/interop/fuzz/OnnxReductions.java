package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The standard's answers for reductions that ONNX Runtime answers otherwise. */
final class OnnxReductions {
  private final OnnxNodeCase node;
  private final Tensor x;
  private final Set<Integer> axes;
  private final boolean all;

  private OnnxReductions(OnnxNodeCase node) {
    this.node = node;
    this.x = node.operand(0).orElseThrow();
    int rank = x.shape().rank();
    long[] stated = node.operand(1).map(Tensor::toLongs).orElseGet(() -> node.list("axes", 0));
    this.axes =
        Arrays.stream(stated)
            .mapToObj(axis -> (int) (axis < 0 ? axis + rank : axis))
            .collect(Collectors.toSet());
    this.all = axes.isEmpty() && !node.has("noop_with_empty_axes", 1L);
  }

  private boolean isGone(int axis) {
    return all || axes.contains(axis);
  }

  private Shape out() {
    List<Long> sizes = new ArrayList<>();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      if (!isGone(axis)) {
        sizes.add(x.shape().dim(axis).value());
      } else if (!node.has("keepdims", 0L)) {
        sizes.add(1L);
      }
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /** Of no elements, the neutral element of each; a mean of none is undefined. */
  static List<Tensor> ofNothing(OnnxNodeCase node, List<Tensor> made) {
    OnnxReductions own = new OnnxReductions(node);
    boolean open = node.op().equals("ReduceMean") && made.get(0).shape().equals(own.out());
    return List.of(open ? made.get(0) : filled(own.out(), own.x.dtype(), node.op()));
  }

  private static Tensor filled(Shape shape, DType dtype, String op) {
    if (!dtype.isFloat()) {
      long[] values = new long[shape.count()];
      Arrays.fill(values, neutral(op, dtype));
      return Tensor.ofIntegers(shape, dtype, values);
    }
    double value =
        switch (op) {
          case "ReduceMax", "ReduceLogSum", "ReduceLogSumExp" -> Double.NEGATIVE_INFINITY;
          case "ReduceMin" -> Double.POSITIVE_INFINITY;
          case "ReduceProd" -> 1;
          default -> 0;
        };
    double[] values = IntStream.range(0, shape.count()).mapToDouble(i -> value).toArray();
    return Tensor.ofDoubles(shape, dtype, values);
  }

  /** The least number is the largest of none. */
  private static long neutral(String op, DType dtype) {
    long least = dtype.isUnsigned() ? 0 : -1L << (dtype.bits() - 1);
    return switch (op) {
      case "ReduceMax" -> least;
      case "ReduceMin" -> dtype.isUnsigned() ? (1L << dtype.bits()) - 1 : ~least;
      case "ReduceProd" -> 1;
      default -> 0;
    };
  }

  /** Whether a product of whole numbers leaves their type. */
  static boolean overflows(OnnxNodeCase node) {
    boolean product = node.op().equals("ReduceProd") && !node.dtype().isFloat();
    return product
        && Arrays.stream(new OnnxReductions(node).products())
            .anyMatch(p -> p.bitLength() >= node.dtype().bits());
  }

  /** Products of whole numbers, their lowest bits where they leave their type. */
  static List<Tensor> wrapped(OnnxNodeCase node, List<Tensor> made) {
    OnnxReductions own = new OnnxReductions(node);
    long[] lowest = Arrays.stream(own.products()).mapToLong(BigInteger::longValue).toArray();
    return List.of(Tensor.ofIntegers(own.out(), own.x.dtype(), lowest));
  }

  private BigInteger[] products() {
    BigInteger[] products = new BigInteger[out().count()];
    Arrays.fill(products, BigInteger.ONE);
    for (int i = 0; i < x.size(); i++) {
      int to = to(i);
      products[to] = products[to].multiply(BigInteger.valueOf(x.longAt(i)));
    }
    return products;
  }

  /** The output that an element goes to. */
  private int to(int element) {
    int[] sizes = x.shape().sizes();
    int to = 0;
    for (int axis = 0, inner = x.size(); axis < sizes.length; axis++) {
      inner /= sizes[axis];
      to = isGone(axis) ? to : to * sizes[axis] + element / inner % sizes[axis];
    }
    return to;
  }
}
