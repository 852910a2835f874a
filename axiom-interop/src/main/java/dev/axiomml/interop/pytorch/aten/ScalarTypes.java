package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.tensor.DType;
import java.util.Map;

/** PyTorch's own numbers of element types, as TorchScript writes them. */
final class ScalarTypes {
  private static final Map<Long, DType> NUMBERS =
      Map.of(
          0L, DType.UINT8,
          1L, DType.INT8,
          2L, DType.INT16,
          3L, DType.INT32,
          4L, DType.INT64,
          5L, DType.FLOAT16,
          6L, DType.FLOAT32,
          7L, DType.FLOAT64,
          11L, DType.BOOL,
          15L, DType.BFLOAT16);

  private ScalarTypes() {}

  static long number(DType dtype) {
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
