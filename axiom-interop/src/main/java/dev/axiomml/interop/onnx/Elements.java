package dev.axiomml.interop.onnx;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto.DataType;
import java.util.Map;
import java.util.Optional;

/** Element types by ONNX's numbers. */
final class Elements {
  private static final Map<Integer, DType> TYPES =
      Map.ofEntries(
          Map.entry(DataType.FLOAT_VALUE, DType.FLOAT32),
          Map.entry(DataType.DOUBLE_VALUE, DType.FLOAT64),
          Map.entry(DataType.FLOAT16_VALUE, DType.FLOAT16),
          Map.entry(DataType.BFLOAT16_VALUE, DType.BFLOAT16),
          Map.entry(DataType.INT8_VALUE, DType.INT8),
          Map.entry(DataType.INT16_VALUE, DType.INT16),
          Map.entry(DataType.INT32_VALUE, DType.INT32),
          Map.entry(DataType.INT64_VALUE, DType.INT64),
          Map.entry(DataType.UINT8_VALUE, DType.UINT8),
          Map.entry(DataType.UINT16_VALUE, DType.UINT16),
          Map.entry(DataType.UINT32_VALUE, DType.UINT32),
          Map.entry(DataType.UINT64_VALUE, DType.UINT64),
          Map.entry(DataType.BOOL_VALUE, DType.BOOL),
          Map.entry(DataType.STRING_VALUE, DType.STRING));

  private Elements() {}

  /**
   * The element type of a number; empty where Axiom has none: complex, 8-bit floats, 4-bit
   * integers.
   */
  static Optional<DType> of(int number) {
    return Optional.ofNullable(TYPES.get(number));
  }

  /** ONNX's number of an element type. */
  static int number(DType dtype) {
    return TYPES.entrySet().stream()
        .filter(e -> e.getValue() == dtype)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
