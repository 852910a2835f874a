package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Element types by ONNX's numbers and names. */
public final class OnnxElementTypes {
  private static final List<ElementNumber> ALL =
      List.of(
          new ElementNumber(1, "FLOAT", DType.FLOAT32),
          new ElementNumber(11, "DOUBLE", DType.FLOAT64),
          new ElementNumber(10, "FLOAT16", DType.FLOAT16),
          new ElementNumber(16, "BFLOAT16", DType.BFLOAT16),
          new ElementNumber(3, "INT8", DType.INT8),
          new ElementNumber(5, "INT16", DType.INT16),
          new ElementNumber(6, "INT32", DType.INT32),
          new ElementNumber(7, "INT64", DType.INT64),
          new ElementNumber(2, "UINT8", DType.UINT8),
          new ElementNumber(4, "UINT16", DType.UINT16),
          new ElementNumber(12, "UINT32", DType.UINT32),
          new ElementNumber(13, "UINT64", DType.UINT64),
          new ElementNumber(9, "BOOL", DType.BOOL),
          new ElementNumber(17, "FLOAT8E4M3FN", DType.FLOAT8_E4M3FN),
          new ElementNumber(18, "FLOAT8E4M3FNUZ", DType.FLOAT8_E4M3FNUZ),
          new ElementNumber(19, "FLOAT8E5M2", DType.FLOAT8_E5M2),
          new ElementNumber(20, "FLOAT8E5M2FNUZ", DType.FLOAT8_E5M2FNUZ),
          new ElementNumber(24, "FLOAT8E8M0", DType.FLOAT8_E8M0FNU),
          new ElementNumber(23, "FLOAT4E2M1", DType.FLOAT4_E2M1FN),
          new ElementNumber(22, "INT4", DType.INT4),
          new ElementNumber(21, "UINT4", DType.UINT4),
          new ElementNumber(26, "INT2", DType.INT2),
          new ElementNumber(25, "UINT2", DType.UINT2),
          new ElementNumber(8, "STRING", DType.STRING));

  /** A row of {@code TensorProto.DataType}. */
  private record ElementNumber(int number, String name, DType dtype) {}

  private OnnxElementTypes() {}

  private static Optional<ElementNumber> find(Predicate<ElementNumber> wanted) {
    return ALL.stream().filter(wanted).findFirst();
  }

  /** The element type of a number; empty where Axiom has none: complex numbers, 6-bit floats. */
  public static Optional<DType> of(int number) {
    return find(element -> element.number == number).map(ElementNumber::dtype);
  }

  /** The element type of a name as the schema spells it; empty where Axiom has none. */
  public static Optional<DType> named(String name) {
    return find(element -> element.name.equals(name)).map(ElementNumber::dtype);
  }

  /** The name of an element type as the schema spells it. */
  public static String name(DType dtype) {
    return find(element -> element.dtype == dtype).orElseThrow().name();
  }

  /** ONNX's number of an element type. */
  public static int number(DType dtype) {
    return find(element -> element.dtype == dtype).orElseThrow().number();
  }
}
