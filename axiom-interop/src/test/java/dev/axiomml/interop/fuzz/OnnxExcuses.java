package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Nodes on which ONNX Runtime's answer is not the standard's, each with the reason. */
final class OnnxExcuses {
  /**
   * A disagreement.
   *
   * @param where the nodes that it is about
   * @param reason why ONNX Runtime's answer is not the one to give
   */
  private record Excuse(Predicate<OnnxNodeCase> where, String reason) {}

  private static final double ENDS = 127;
  private static final double LITTLE = 1e-3;

  private static final List<Excuse> TABLE =
      List.of(
          new Excuse(
              node -> node.op().startsWith("Reduce") && node.any(t -> t.size() == 0),
              "of nothing, ONNX Runtime reduces all axes or none whatever axes say"),
          new Excuse(
              node -> List.of("Cast", "CastLike").contains(node.op()) && node.any(OnnxExcuses::far),
              "the standard leaves open what a number beyond an integer type becomes"),
          new Excuse(
              node -> node.op().equals("QuantizeLinear") && node.any(OnnxExcuses::isNan),
              "the standard leaves open what NaN becomes"),
          new Excuse(
              node -> node.op().equals("MeanVarianceNormalization") && variesLittle(node),
              "E[x²] − E[x]² is below zero by rounding where a row varies little"),
          new Excuse(
              node ->
                  node.op().equals("Resize")
                      && node.has("coordinate_transformation_mode", "align_corners"),
              "the standard's test vectors take the new length before it is rounded down"),
          new Excuse(
              OnnxExcuses::endsBehindTheLast,
              "backward, an end behind the last element is clamped to it says the standard: nothing"
                  + " is left; ONNX Runtime takes the largest integers for the other end"),
          new Excuse(
              OnnxWindows::shrinksBehindItself,
              "of a kernel below the stride, padding is cut off at 0 for convolutions alone, and"
                  + " is negative for pools; the standard has input × stride elements"),
          new Excuse(
              OnnxWindows::leavesDilationsOut,
              "automatic padding of pools leaves dilations out, which the standard counts"),
          new Excuse(
              OnnxWindows::isValidAndRounded,
              "of VALID windows none is cut off, ceil_mode or not, says the standard"));

  private OnnxExcuses() {}

  static Optional<String> of(OnnxNodeCase node, List<Tensor> made, List<Tensor> wanted) {
    int own = made.size() - 1;
    if (node.contradicts(wanted)
        && !node.contradicts(made)
        && OnnxDifference.between(made.subList(0, own), wanted.subList(0, own)).isEmpty()) {
      return Optional.of("ONNX Runtime's Shape is not that of its own result");
    }
    return TABLE.stream().filter(e -> e.where().test(node)).map(Excuse::reason).findFirst();
  }

  private static boolean endsBehindTheLast(OnnxNodeCase node) {
    if (!node.op().equals("Slice") || node.operand(4).isEmpty()) {
      return false;
    }
    long[] ends = node.operand(2).orElseThrow().toLongs();
    long[] steps = node.operand(4).orElseThrow().toLongs();
    return IntStream.range(0, steps.length)
        .anyMatch(i -> steps[i] < 0 && (ends[i] == Long.MAX_VALUE || ends[i] == Integer.MAX_VALUE));
  }

  /** Whether what is made even has, in one group, a variance far below its mean square. */
  private static boolean variesLittle(OnnxNodeCase node) {
    Tensor x = node.operand(0).orElseThrow();
    long[] axes = node.stated("axes") ? node.list("axes", 0) : new long[] {0, 2, 3};
    int[] strides = x.shape().strides();
    Map<Integer, DoubleSummaryStatistics> plain = new TreeMap<>();
    Map<Integer, DoubleSummaryStatistics> squares = new TreeMap<>();
    for (int i = 0; i < x.size(); i++) {
      int group = i;
      for (long axis : axes) {
        int at = x.shape().axis((int) axis);
        group -= i / strides[at] % x.shape().size(at) * strides[at];
      }
      double value = x.doubleAt(i);
      plain.computeIfAbsent(group, g -> new DoubleSummaryStatistics()).accept(value);
      squares.computeIfAbsent(group, g -> new DoubleSummaryStatistics()).accept(value * value);
    }
    return plain.entrySet().stream()
        .anyMatch(
            e -> {
              double mean = e.getValue().getAverage();
              double square = squares.get(e.getKey()).getAverage();
              return square - mean * mean <= LITTLE * square;
            });
  }

  private static boolean far(Tensor x) {
    return x.dtype().isFloat() && x.dtype() != DType.BOOL && anyOf(x, v -> !(Math.abs(v) <= ENDS))
        || anyOf(x, v -> v < 0);
  }

  private static boolean isNan(Tensor x) {
    return x.dtype().isFloat() && anyOf(x, v -> v.isNaN());
  }

  private static boolean anyOf(Tensor x, Predicate<Double> what) {
    for (int i = 0; i < x.size(); i++) {
      if (what.test(x.doubleAt(i))) {
        return true;
      }
    }
    return false;
  }
}
