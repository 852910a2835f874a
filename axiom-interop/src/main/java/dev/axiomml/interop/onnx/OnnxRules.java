package dev.axiomml.interop.onnx;

import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.rules.CastRules;
import dev.axiomml.interop.onnx.rules.IntegerRules;
import dev.axiomml.interop.onnx.rules.LossRules;
import dev.axiomml.interop.onnx.rules.MatrixRules;
import dev.axiomml.interop.onnx.rules.NormRules;
import dev.axiomml.interop.onnx.rules.PickRules;
import dev.axiomml.interop.onnx.rules.PlaceRules;
import dev.axiomml.interop.onnx.rules.QuantRules;
import dev.axiomml.interop.onnx.rules.RowRules;
import dev.axiomml.interop.onnx.rules.ShapeRules;
import dev.axiomml.interop.onnx.rules.SumRules;
import dev.axiomml.interop.onnx.rules.UnaryRules;
import dev.axiomml.interop.onnx.rules.UpdateRules;
import dev.axiomml.interop.onnx.rules.attention.AttentionRules;
import dev.axiomml.interop.onnx.rules.contrib.ContribRules;
import dev.axiomml.interop.onnx.rules.control.FlowRules;
import dev.axiomml.interop.onnx.rules.control.SequenceRules;
import dev.axiomml.interop.onnx.rules.image.DetectionRules;
import dev.axiomml.interop.onnx.rules.image.ResizeRules;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import dev.axiomml.interop.onnx.rules.image.UnpoolRules;
import dev.axiomml.interop.onnx.rules.image.WindowRules;
import dev.axiomml.interop.onnx.rules.ml.LabelRules;
import dev.axiomml.interop.onnx.rules.ml.MlRules;
import dev.axiomml.interop.onnx.rules.ml.SvmRules;
import dev.axiomml.interop.onnx.rules.ml.TreeRules;
import dev.axiomml.interop.onnx.rules.recurrent.RecurrentRules;
import dev.axiomml.interop.onnx.rules.signal.SignalRules;
import dev.axiomml.interop.onnx.rules.text.TextRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table of all operators that are read: a family a line, an operator a line there. */
final class OnnxRules {
  private static final Map<String, OnnxRule> TABLE = table(families());
  private static final Map<String, OnnxRule> ML =
      table(List.of(MlRules.TABLE, TreeRules.TABLE, LabelRules.TABLE, SvmRules.TABLE));

  private OnnxRules() {}

  private static Map<String, OnnxRule> table(List<Map<String, OnnxRule>> families) {
    Map<String, OnnxRule> all = new HashMap<>();
    for (Map<String, OnnxRule> family : families) {
      all.putAll(family);
    }
    return Map.copyOf(all);
  }

  private static List<Map<String, OnnxRule>> families() {
    return List.of(
        UnaryRules.TABLE,
        SumRules.TABLE,
        RowRules.TABLE,
        NormRules.TABLE,
        LossRules.TABLE,
        AttentionRules.TABLE,
        WindowRules.TABLE,
        ResizeRules.TABLE,
        SamplingRules.TABLE,
        UnpoolRules.TABLE,
        DetectionRules.TABLE,
        SignalRules.TABLE,
        ShapeRules.TABLE,
        CastRules.TABLE,
        QuantRules.TABLE,
        IntegerRules.TABLE,
        MatrixRules.TABLE,
        PickRules.TABLE,
        PlaceRules.TABLE,
        FlowRules.TABLE,
        SequenceRules.TABLE,
        TextRules.TABLE,
        RecurrentRules.TABLE);
  }

  /** The rule of a node; empty where there is none. */
  static Optional<OnnxRule> of(NodeProto node) {
    return switch (OnnxFile.domain(node)) {
      case "" -> standard(node.getOpType());
      case "ai.onnx.ml" -> Optional.ofNullable(ML.get(node.getOpType()));
      case "com.microsoft" -> Optional.ofNullable(ContribRules.TABLE.get(node.getOpType()));
      case "ai.onnx.preview" -> Optional.ofNullable(AttentionRules.PREVIEW.get(node.getOpType()));
      case "ai.onnx.preview.training" ->
          Optional.ofNullable(UpdateRules.TABLE.get(node.getOpType()));
      default -> Optional.empty();
    };
  }

  /** The rule of a name in the standard domain, where ONNX Runtime puts some of its own. */
  static Optional<OnnxRule> standard(String name) {
    return Optional.ofNullable(TABLE.get(name))
        .or(() -> Optional.ofNullable(ContribRules.IN_STANDARD.get(name)));
  }

  /** The names of {@code ai.onnx.ml} that have a rule. */
  static Set<String> learned() {
    return new TreeSet<>(ML.keySet());
  }

  /** The names in the standard domain that have a rule. */
  static Set<String> names() {
    return new TreeSet<>(TABLE.keySet());
  }

  /** The names of ONNX Runtime's own domain that have a rule. */
  static Set<String> contributed() {
    return new TreeSet<>(ContribRules.TABLE.keySet());
  }
}
