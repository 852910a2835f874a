package dev.axiomml.interop.onnx;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto.DataType;
import java.util.HashMap;
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
          Map.entry(DataType.FLOAT8E4M3FN_VALUE, DType.FLOAT8_E4M3FN),
          Map.entry(DataType.FLOAT8E4M3FNUZ_VALUE, DType.FLOAT8_E4M3FNUZ),
          Map.entry(DataType.FLOAT8E5M2_VALUE, DType.FLOAT8_E5M2),
          Map.entry(DataType.FLOAT8E5M2FNUZ_VALUE, DType.FLOAT8_E5M2FNUZ),
          Map.entry(DataType.FLOAT8E8M0_VALUE, DType.FLOAT8_E8M0FNU),
          Map.entry(DataType.FLOAT4E2M1_VALUE, DType.FLOAT4_E2M1FN),
          Map.entry(DataType.INT4_VALUE, DType.INT4),
          Map.entry(DataType.UINT4_VALUE, DType.UINT4),
          Map.entry(DataType.INT2_VALUE, DType.INT2),
          Map.entry(DataType.UINT2_VALUE, DType.UINT2),
          Map.entry(DataType.STRING_VALUE, DType.STRING));

  private static final Map<String, DType> NAMES = names();

  private Elements() {}

  private static Map<String, DType> names() {
    Map<String, DType> names = new HashMap<>();
    TYPES.forEach((number, dtype) -> names.put(DataType.forNumber(number).name(), dtype));
    return Map.copyOf(names);
  }

  /** The element type of a number; empty where Axiom has none: complex numbers, 6-bit floats. */
  static Optional<DType> of(int number) {
    return Optional.ofNullable(TYPES.get(number));
  }

  /** The element type of a name as the schema spells it; empty where Axiom has none. */
  static Optional<DType> named(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /** The name of an element type as the schema spells it. */
  static String name(DType dtype) {
    return DataType.forNumber(number(dtype)).name();
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
