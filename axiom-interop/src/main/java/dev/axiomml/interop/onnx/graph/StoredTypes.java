package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.Set;

/** Element types that are stored, moved and converted, but not computed with. */
final class StoredTypes {
  /** Operators that ONNX defines on floats and integers of a few bits. */
  private static final Set<String> MOVERS =
      Set.of(
          "BitCast",
          "Cast",
          "CastLike",
          "ConstantOfShape",
          "DequantizeLinear",
          "Flatten",
          "GatherBlockQuantized",
          "Identity",
          "If",
          "Loop",
          "Pad",
          "QuantizeLinear",
          "Reshape",
          "Scan",
          "Shape",
          "Size",
          "Squeeze",
          "Transpose",
          "Unsqueeze");

  private StoredTypes() {}

  /** Refuses a node that would compute with them. */
  static void check(OnnxNodeContext at) {
    if (MOVERS.contains(at.op())) {
      return;
    }
    at.all().stream()
        .map(value -> value.type().dtype())
        .filter(dtype -> !dtype.computes() && dtype != DType.STRING)
        .findFirst()
        .ifPresent(
            dtype -> {
              throw at.refuse(
                  at.op() + " of " + dtype,
                  "such numbers are stored and converted only: cast or dequantize them first");
            });
  }
}
