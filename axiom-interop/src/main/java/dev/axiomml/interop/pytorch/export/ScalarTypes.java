package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.Json;
import java.util.Map;

/** PyTorch's numbers of element types. */
final class ScalarTypes {
  private static final Map<Long, DType> SERIALISED =
      Map.of(
          1L, DType.UINT8,
          2L, DType.INT8,
          3L, DType.INT16,
          4L, DType.INT32,
          5L, DType.INT64,
          6L, DType.FLOAT16,
          7L, DType.FLOAT32,
          8L, DType.FLOAT64,
          12L, DType.BOOL,
          13L, DType.BFLOAT16);

  private ScalarTypes() {}

  /** The element type of a number as torch.export writes it. */
  static DType of(Json code) {
    DType dtype = SERIALISED.get(code.whole());
    if (dtype == null) {
      throw code.place()
          .fault(
              "element type " + code.whole(),
              "complex, quantised and 8-bit float tensors are not known",
              "convert the model with model.float() and export again");
    }
    return dtype;
  }
}
