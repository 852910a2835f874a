package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.rules.text.TextRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of ONNX Runtime's own operators, which its optimiser and its quantiser write. */
public final class ContribRules {
  public static final Map<String, OnnxRule> TABLE =
      together(
          List.of(
              FusedRules.TABLE,
              SkipRules.TABLE,
              HeadRules.TABLE,
              RuntimeRules.TABLE,
              LinearRules.TABLE,
              ProductRules.TABLE,
              BlockRules.TABLE,
              TextRules.RUNTIME));

  /** Those that ONNX Runtime's files put into the standard domain, which does not have them. */
  public static final Map<String, OnnxRule> IN_STANDARD =
      Map.of("SimplifiedLayerNormalization", TABLE.get("SimplifiedLayerNormalization"));

  private ContribRules() {}

  private static Map<String, OnnxRule> together(List<Map<String, OnnxRule>> families) {
    Map<String, OnnxRule> all = new HashMap<>();
    families.forEach(all::putAll);
    return Map.copyOf(all);
  }
}
