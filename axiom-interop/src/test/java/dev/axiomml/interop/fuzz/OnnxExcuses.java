package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
              node -> node.op().equals("MeanVarianceNormalization"),
              "E[x²] − E[x]² is below zero by rounding where a row varies little"),
          new Excuse(
              node ->
                  node.op().equals("Resize")
                      && node.has("coordinate_transformation_mode", "align_corners"),
              "the standard's test vectors take the new length before it is rounded down"),
          new Excuse(
              node ->
                  node.op().equals("LpPool") && (node.stated("auto_pad") || node.stated("pads")),
              "automatic padding leaves dilations out, and may be negative"));

  private OnnxExcuses() {}

  static Optional<String> of(OnnxNodeCase node) {
    return TABLE.stream().filter(e -> e.where().test(node)).map(Excuse::reason).findFirst();
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
