package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.Map;
import java.util.Optional;

/** PyTorch's names of element types, and those of its storage and tensor classes. */
final class ElementTypes {
  private static final Map<String, DType> CLASSES =
      Map.ofEntries(
          Map.entry("Float", DType.FLOAT32),
          Map.entry("Double", DType.FLOAT64),
          Map.entry("Half", DType.FLOAT16),
          Map.entry("BFloat16", DType.BFLOAT16),
          Map.entry("Long", DType.INT64),
          Map.entry("Int", DType.INT32),
          Map.entry("Short", DType.INT16),
          Map.entry("Char", DType.INT8),
          Map.entry("Byte", DType.UINT8),
          Map.entry("Bool", DType.BOOL));

  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("ComplexFloat", "complex64"),
          Map.entry("ComplexDouble", "complex128"),
          Map.entry("QInt8", "qint8"),
          Map.entry("QUInt8", "quint8"),
          Map.entry("QInt32", "qint32"),
          Map.entry("QUInt4x2", "quint4x2"),
          Map.entry("QUInt2x4", "quint2x4"));

  private static final Map<String, DType> DTYPES =
      Map.ofEntries(
          Map.entry("float32", DType.FLOAT32),
          Map.entry("float", DType.FLOAT32),
          Map.entry("float64", DType.FLOAT64),
          Map.entry("double", DType.FLOAT64),
          Map.entry("float16", DType.FLOAT16),
          Map.entry("half", DType.FLOAT16),
          Map.entry("bfloat16", DType.BFLOAT16),
          Map.entry("int64", DType.INT64),
          Map.entry("long", DType.INT64),
          Map.entry("int32", DType.INT32),
          Map.entry("int", DType.INT32),
          Map.entry("int16", DType.INT16),
          Map.entry("short", DType.INT16),
          Map.entry("int8", DType.INT8),
          Map.entry("uint8", DType.UINT8),
          Map.entry("uint16", DType.UINT16),
          Map.entry("uint32", DType.UINT32),
          Map.entry("uint64", DType.UINT64),
          Map.entry("float8_e4m3fn", DType.FLOAT8_E4M3FN),
          Map.entry("float8_e4m3fnuz", DType.FLOAT8_E4M3FNUZ),
          Map.entry("float8_e5m2", DType.FLOAT8_E5M2),
          Map.entry("float8_e5m2fnuz", DType.FLOAT8_E5M2FNUZ),
          Map.entry("float8_e8m0fnu", DType.FLOAT8_E8M0FNU),
          Map.entry("bool", DType.BOOL));

  private static final String FIX =
      "convert it where the file is written, e.g. tensor.dequantize() or tensor.float()";

  private ElementTypes() {}

  /** The type of a storage or tensor class; nothing for untyped storages. */
  static Optional<DType> ofClass(PyValue type, PickleLocation site) {
    if (type instanceof PyValue.Global global && global.module().startsWith("torch")) {
      String name = global.name().replaceAll("(Storage|Tensor)$", "");
      if (name.equals("Untyped")) {
        return Optional.empty();
      }
      if (FOREIGN.containsKey(name)) {
        throw foreign(FOREIGN.get(name), site);
      }
      if (CLASSES.containsKey(name)) {
        return Optional.of(CLASSES.get(name));
      }
    }
    throw site.fault(
        "unknown storage class " + type,
        "a storage has one of PyTorch's element types, e.g. torch.FloatStorage",
        "save the file again with torch.save");
  }

  /** The type of a {@code torch.float32} and the like. */
  static DType ofName(PyValue dtype, PickleLocation site) {
    DType known =
        dtype instanceof PyValue.Global global && global.module().equals("torch")
            ? DTYPES.get(global.name())
            : null;
    if (known == null) {
      throw foreign(dtype.toString(), site);
    }
    return known;
  }

  private static RuntimeException foreign(String name, PickleLocation site) {
    return site.fault(
        "elements of dtype " + name,
        "floats of 8 to 64 bits, integers and booleans are read; complex and quantised numbers and"
            + " 4-bit floats are not",
        FIX);
  }
}
