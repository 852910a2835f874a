package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.tensor.DType;
import java.util.Map;

/** PyTorch's own numbers of element types, as TorchScript writes them. */
public final class ScriptScalarTypes {
  private static final Map<Long, DType> NUMBERS =
      Map.ofEntries(
          Map.entry(0L, DType.UINT8),
          Map.entry(1L, DType.INT8),
          Map.entry(2L, DType.INT16),
          Map.entry(3L, DType.INT32),
          Map.entry(4L, DType.INT64),
          Map.entry(5L, DType.FLOAT16),
          Map.entry(6L, DType.FLOAT32),
          Map.entry(7L, DType.FLOAT64),
          Map.entry(11L, DType.BOOL),
          Map.entry(15L, DType.BFLOAT16),
          Map.entry(23L, DType.FLOAT8_E5M2),
          Map.entry(24L, DType.FLOAT8_E4M3FN),
          Map.entry(25L, DType.FLOAT8_E5M2FNUZ),
          Map.entry(26L, DType.FLOAT8_E4M3FNUZ),
          Map.entry(27L, DType.UINT16),
          Map.entry(28L, DType.UINT32),
          Map.entry(29L, DType.UINT64),
          Map.entry(44L, DType.FLOAT8_E8M0FNU));

  private ScriptScalarTypes() {}

  public static long number(DType dtype) {
    return NUMBERS.entrySet().stream()
        .filter(entry -> entry.getValue() == dtype)
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("PyTorch has no number for " + dtype));
  }

  static DType of(long number) {
    DType dtype = NUMBERS.get(number);
    if (dtype == null) {
      throw new IllegalArgumentException("element type number " + number + " is not known");
    }
    return dtype;
  }
}
