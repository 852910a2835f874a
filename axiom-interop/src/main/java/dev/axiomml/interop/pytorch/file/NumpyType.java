package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyExternal;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.Map;
import java.util.Optional;

/** NumPy's element type: its code, and the byte order that its state gives. */
final class NumpyType implements PyExternal {
  private static final Map<String, DType> CODES =
      Map.ofEntries(
          Map.entry("f4", DType.FLOAT32),
          Map.entry("f8", DType.FLOAT64),
          Map.entry("f2", DType.FLOAT16),
          Map.entry("i1", DType.INT8),
          Map.entry("i2", DType.INT16),
          Map.entry("i4", DType.INT32),
          Map.entry("i8", DType.INT64),
          Map.entry("u1", DType.UINT8),
          Map.entry("u2", DType.UINT16),
          Map.entry("u4", DType.UINT32),
          Map.entry("u8", DType.UINT64),
          Map.entry("b1", DType.BOOL));

  private final String code;
  private boolean bigEndian;

  NumpyType(String code) {
    this.code = code.replaceAll("^[<>|=]", "");
    this.bigEndian = code.startsWith(">");
  }

  /** The element type; nothing for objects, text and records. */
  Optional<DType> dtype() {
    return Optional.ofNullable(CODES.get(code));
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  /** (version, byte order, …). */
  @Override
  public void build(PyValue state, PickleLocation site) {
    boolean ordered =
        state instanceof PyItems items
            && items.items().size() > 1
            && items.items().get(1) instanceof PyValue.Text;
    if (!ordered) {
      throw site.damaged("state of a NumPy dtype: " + state, "it is a tuple with a byte order");
    }
    bigEndian = ((PyItems) state).items().get(1).equals(new PyValue.Text(">"));
  }

  @Override
  public String toString() {
    return "NumPy dtype " + code;
  }
}
