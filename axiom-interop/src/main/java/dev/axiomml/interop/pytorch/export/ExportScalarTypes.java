package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.LocatedJson;
import java.util.Map;

/** PyTorch's numbers of element types. */
final class ExportScalarTypes {
  private static final Map<Long, DType> SERIALISED =
      Map.ofEntries(
          Map.entry(1L, DType.UINT8),
          Map.entry(2L, DType.INT8),
          Map.entry(3L, DType.INT16),
          Map.entry(4L, DType.INT32),
          Map.entry(5L, DType.INT64),
          Map.entry(6L, DType.FLOAT16),
          Map.entry(7L, DType.FLOAT32),
          Map.entry(8L, DType.FLOAT64),
          Map.entry(12L, DType.BOOL),
          Map.entry(13L, DType.BFLOAT16),
          Map.entry(28L, DType.UINT16),
          Map.entry(29L, DType.FLOAT8_E4M3FN),
          Map.entry(30L, DType.FLOAT8_E5M2),
          Map.entry(31L, DType.FLOAT8_E4M3FNUZ),
          Map.entry(32L, DType.FLOAT8_E5M2FNUZ),
          Map.entry(33L, DType.FLOAT8_E8M0FNU),
          Map.entry(34L, DType.UINT32),
          Map.entry(35L, DType.UINT64));

  private ExportScalarTypes() {}

  /** The element type of a number as torch.export writes it. */
  static DType of(LocatedJson code) {
    DType dtype = SERIALISED.get(code.whole());
    if (dtype == null) {
      throw code.place()
          .fault(
              "element type " + code.whole(),
              "complex and quantised tensors are not known",
              "convert the model with model.float() and export again");
    }
    return dtype;
  }
}
