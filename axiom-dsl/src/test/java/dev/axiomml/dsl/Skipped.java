package dev.axiomml.dsl;

import java.util.Map;
import java.util.Optional;

/** The one table of cases that are not compared, each with its reason. */
final class Skipped {
  /** Whole layers. */
  static final Map<String, String> LAYERS =
      Map.ofEntries(
          Map.entry("Bilinear", "no operator of its own: a product with three operands"),
          Map.entry("Tanhshrink", "no operator of its own; importers compose it"),
          Map.entry("Threshold", "replaces by any value; the operator has zero only"),
          Map.entry("LSTMCell", "a cell is one step of the layer, which is compared"),
          Map.entry("GRUCell", "a cell is one step of the layer, which is compared"));

  /** Single cases. */
  static final Map<String, String> CASES =
      Map.of(
          "avg_pool2d_divisor", "a divisor of one's own makes a scaled sum, not a mean",
          "batch_norm2d_untracked", "without running statistics it is an instance norm over N",
          "attention_padding", "which keys are hidden is data of the call, which no word takes",
          "attention_kdim_vdim", "keys and values of another width than the queries have no word",
          "hardshrink_nonfinite", "NaN gives 0 as in ONNX's Shrink, NaN in PyTorch",
          "lstm_projected", "no operator projects the state of an LSTM",
          "sign_nonfinite", "the sign of NaN is NaN here and in ONNX, 0 in PyTorch");

  private Skipped() {}

  static Optional<String> reason(Case c) {
    return Optional.ofNullable(LAYERS.get(c.layer()))
        .or(() -> Optional.ofNullable(CASES.get(c.name())));
  }
}
