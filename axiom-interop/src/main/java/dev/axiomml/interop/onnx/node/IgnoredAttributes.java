package dev.axiomml.interop.onnx.node;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes that no rule reads because no result depends on them, each with its reason. */
final class IgnoredAttributes {
  /** By operator, or {@code *} for all. */
  private static final Map<String, Map<String, String>> TABLE =
      Map.of(
          "*", Map.of("consumed_inputs", "opset 1: which buffers may be written over"),
          "BatchNormalization", Map.of("momentum", "running averages are not updated"),
          "BiasSoftmax",
              Map.of("is_inner_broadcast", "the shape of the bias says where it repeats"),
          "Gemm", Map.of("broadcast", "before opset 7: C is broadcast where its shape asks for it"),
          "Dropout", Map.of("seed", "nothing is drawn"),
          "LinearClassifier",
              Map.of("multi_class", "how it was trained; the scores are the same either way"),
          "ZipMap",
              Map.of(
                  "classlabels_int64s", "scores stay in the order of the labels",
                  "classlabels_strings", "scores stay in the order of the labels"));

  /** Operands of which the shape or the element type is all that counts. */
  private static final Map<String, Set<Integer>> TYPE_ONLY =
      Map.of("CastLike", Set.of(1), "EyeLike", Set.of(0), "Shape", Set.of(0));

  private IgnoredAttributes() {}

  /** Whether a rule needs no more than the type of an operand. */
  static boolean isTypeOnly(String op, int operand) {
    return TYPE_ONLY.getOrDefault(op, Set.of()).contains(operand);
  }

  /** Whether an attribute of an operator may stay unread. */
  static boolean has(String op, String attribute) {
    return isInternal(attribute)
        || Optional.ofNullable(TABLE.get(op)).map(Map::keySet).orElse(Set.of()).contains(attribute)
        || Optional.ofNullable(TABLE.get("*"))
            .filter(all -> all.containsKey(attribute))
            .isPresent();
  }

  /** ONNX leaves names that begin with two underscores to tools, for notes of their own. */
  static boolean isInternal(String attribute) {
    return attribute.startsWith("__");
  }
}
