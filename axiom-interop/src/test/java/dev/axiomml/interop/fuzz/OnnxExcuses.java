package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Nodes on which ONNX Runtime's answer is not the standard's, each with the reason. */
final class OnnxExcuses {
  /**
   * A disagreement.
   *
   * @param where the nodes that it is about
   * @param reason why ONNX Runtime's answer is not the one to give
   * @param answer the outputs that the standard wants, computed apart; without one any is taken
   */
  private record Excuse(
      Predicate<OnnxNodeCase> where,
      String reason,
      Optional<BiFunction<OnnxNodeCase, List<Tensor>, List<Tensor>>> answer) {
    Excuse(Predicate<OnnxNodeCase> where, String reason) {
      this(where, reason, Optional.empty());
    }

    Excuse(
        Predicate<OnnxNodeCase> where,
        String reason,
        BiFunction<OnnxNodeCase, List<Tensor>, List<Tensor>> answer) {
      this(where, reason, Optional.of(answer));
    }

    /** Whether what was made is the standard's answer, and its shape what the node's is. */
    boolean allows(OnnxNodeCase node, List<Tensor> made) {
      if (answer.isEmpty()) {
        return true;
      }
      List<Tensor> own = answer.get().apply(node, made);
      return OnnxDifference.between(made.subList(0, own.size()), own).isEmpty()
          && !node.contradicts(made);
    }
  }

  private static final double ENDS = 127;
  private static final double LITTLE = 1e-3;

  private static final List<Excuse> TABLE =
      List.of(
          new Excuse(
              node -> node.op().startsWith("Reduce") && node.any(t -> t.size() == 0),
              "of nothing, ONNX Runtime reduces all axes or none whatever axes say",
              OnnxReductions::ofNothing),
          new Excuse(
              OnnxReductions::overflows,
              "the standard leaves open what a product beyond its type becomes",
              OnnxReductions::wrapped),
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
              OnnxExcuses::staysAsLong,
              "where a factor leaves a size as it is, ONNX Runtime copies: all of the image, with"
                  + " antialiasing that axis; the standard reads at scaled positions"),
          new Excuse(
              OnnxBorders::goesRoundTwice,
              "ONNX Runtime reads outside of an axis that a border is longer than",
              (node, made) -> OnnxBorders.of(node)),
          new Excuse(
              OnnxExcuses::endsBehindTheLast,
              "backward, an end behind the last element is clamped to it says the standard: nothing"
                  + " is left; ONNX Runtime takes the largest integers for the other end"),
          new Excuse(
              OnnxWindows::shrinksBehindItself,
              "of a kernel below the stride, ONNX Runtime's padding of pools is negative, so that"
                  + " windows begin inside, and that of transposed convolutions is cut off at 0, so"
                  + " that there are fewer elements than the standard's input × stride",
              (node, made) -> OnnxWindowAnswers.of(node)),
          new Excuse(
              OnnxWindows::leavesDilationsOut,
              "automatic padding of pools leaves dilations out, which the standard counts",
              (node, made) -> OnnxWindowAnswers.of(node)),
          new Excuse(
              OnnxWindows::isValidAndRounded,
              "of VALID windows none is cut off, ceil_mode or not, says the standard",
              (node, made) -> OnnxWindowAnswers.of(node)));

  private OnnxExcuses() {}

  static Optional<String> of(OnnxNodeCase node, List<Tensor> made, List<Tensor> wanted) {
    int own = made.size() - 1;
    if (node.contradicts(wanted)
        && !node.contradicts(made)
        && OnnxDifference.between(made.subList(0, own), wanted.subList(0, own)).isEmpty()) {
      return Optional.of("ONNX Runtime's Shape is not that of its own result");
    }
    return TABLE.stream()
        .filter(e -> e.where().test(node) && e.allows(node, made))
        .map(Excuse::reason)
        .findFirst();
  }

  /** Whether a factor other than 1 leaves its size, and with antialiasing off each does. */
  private static boolean staysAsLong(OnnxNodeCase node) {
    int at = node.opset() < 11 ? 1 : 2;
    if (!node.op().equals("Resize") || node.operand(at).isEmpty()) {
      return false;
    }
    int[] sizes = node.operand(0).orElseThrow().shape().sizes();
    double[] factors = node.operand(at).orElseThrow().toDoubles();
    IntPredicate stays = i -> Math.floor(sizes[i] * factors[i]) == sizes[i];
    boolean some = IntStream.range(0, sizes.length).anyMatch(i -> factors[i] != 1 && stays.test(i));
    boolean all = IntStream.range(0, sizes.length).allMatch(stays);
    return some && (all || node.has("antialias", 1L));
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
