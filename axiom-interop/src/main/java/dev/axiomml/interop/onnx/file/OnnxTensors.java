package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.proto.TensorProto;
import dev.axiomml.interop.onnx.proto.WholeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tensors of a file: inline numbers, raw bytes, or bytes in a file beside it. Exactly one of these
 * holds the elements, and as many as the sizes say; all else is refused.
 *
 * @param file where the tensors came from
 * @param hasFolder whether that is a file, and not bytes in memory, so that others may lie beside
 *     it
 */
public record OnnxTensors(Path file, boolean hasFolder) {
  private static final int EXTERNAL = 1;

  /** The tensor; raw and external bytes stay where they are. */
  public Tensor read(TensorProto proto) {
    DType dtype =
        OnnxElementTypes.of(proto.getDataType())
            .orElseThrow(
                () ->
                    bad(
                        proto,
                        "element type number " + proto.getDataType(),
                        "complex numbers and 6-bit floats are not supported"));
    long elements = count(proto);
    Shape shape = Shape.of(proto.getDimsList().toLongs());
    alone(proto, dtype);
    if (proto.getDataLocation() == EXTERNAL) {
      requireFolder(proto);
      return ExternalWeights.read(file, proto, shape, dtype);
    }
    Optional<ByteBuffer> bytes = proto.rawData();
    if (bytes.isPresent()) {
      return raw(proto, shape, dtype, bytes.get());
    }
    long needed = dtype.bits() < 8 && dtype != DType.STRING ? packed(dtype, elements) : elements;
    int listed = lists(proto).getOrDefault(list(dtype), 0);
    if (listed != needed) {
      throw bad(
          proto,
          listed + " elements listed for dims " + proto.getDimsList(),
          "dims and elements must agree: " + needed + " are needed");
    }
    return inline(proto, shape, dtype);
  }

  private void requireFolder(TensorProto proto) {
    if (!hasFolder) {
      throw OnnxFile.bad(
          file,
          "tensor " + proto.getName() + " lies in a file of its own",
          "external data lies in the model's folder, and a model in memory has none",
          "write model and data into one folder and call Axiom.load(path)");
    }
  }

  /** Refuses a part of a tensor, elements in two places, and elements in a list of another type. */
  private void alone(TensorProto proto, DType dtype) {
    Map<String, Integer> places = lists(proto);
    boolean outside = proto.getDataLocation() == EXTERNAL;
    if (!outside) {
      places.remove(proto.rawData().isPresent() ? "raw_data" : list(dtype));
    }
    boolean known = proto.getDataLocation() == 0 || outside;
    if (!known || proto.hasSegment() || !places.isEmpty()) {
      String more = proto.hasSegment() ? "a segment" : "elements in " + places.keySet();
      throw bad(
          proto,
          known ? more : "data location " + proto.getDataLocation(),
          "one place of one type holds all elements of a tensor");
    }
  }

  /** How much each field holds, where it holds anything. */
  private static Map<String, Integer> lists(TensorProto proto) {
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("raw_data", proto.rawData().map(ByteBuffer::remaining).orElse(0));
    counts.put("float_data", proto.getFloatDataList().size());
    counts.put("double_data", proto.getDoubleDataList().size());
    counts.put("int32_data", proto.getInt32DataList().size());
    counts.put("int64_data", proto.getInt64DataList().size());
    counts.put("uint64_data", proto.getUint64DataList().size());
    counts.put("string_data", proto.getStringDataList().size());
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static String list(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "float_data";
      case FLOAT64 -> "double_data";
      case INT64 -> "int64_data";
      case UINT32, UINT64 -> "uint64_data";
      case STRING -> "string_data";
      default -> "int32_data";
    };
  }

  private Tensor raw(TensorProto proto, Shape shape, DType dtype, ByteBuffer bytes) {
    if (dtype == DType.STRING || bytes.remaining() != packed(dtype, count(proto))) {
      throw bad(
          proto,
          bytes.remaining() + " bytes for dims " + proto.getDimsList() + " of " + dtype,
          "dims and bytes must agree");
    }
    return TensorMemory.unpacked(shape, dtype, bytes);
  }

  private static long packed(DType dtype, long count) {
    return TensorMemory.packedBytes(dtype, count);
  }

  private long count(TensorProto proto) {
    long count = 1;
    for (long dim : proto.getDimsList()) {
      boolean some = dim >= 0 && dim <= Integer.MAX_VALUE;
      boolean fits = some && (dim == 0 || count <= Integer.MAX_VALUE / dim);
      if (!fits) {
        throw bad(
            proto,
            "dims " + proto.getDimsList(),
            "a size is not negative and a tensor holds less than 2³¹ elements");
      }
      count *= dim;
    }
    return count;
  }

  private static Tensor inline(TensorProto proto, Shape shape, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Tensor.of(shape, proto.getFloatDataList().toFloats());
      case FLOAT64 -> Tensor.ofDoubles(shape, dtype, proto.getDoubleDataList().toDoubles());
      case INT64 -> Tensor.ofLongs(shape, proto.getInt64DataList().toLongs());
      case UINT32, UINT64 -> Tensor.ofIntegers(shape, dtype, proto.getUint64DataList().toLongs());
      case STRING -> Tensor.ofTexts(shape, proto.getStringDataList().toArray(String[]::new));
      case FLOAT16, BFLOAT16 -> halves(proto.getInt32DataList(), shape, dtype);
      default ->
          dtype.computes()
              ? Tensor.ofIntegers(shape, dtype, proto.getInt32DataList().toLongs())
              : TensorMemory.unpacked(shape, dtype, codes(proto.getInt32DataList()));
    };
  }

  /** A byte a number. */
  private static ByteBuffer codes(WholeList list) {
    ByteBuffer bytes = ByteBuffer.allocate(list.size());
    list.forEach(code -> bytes.put(code.byteValue()));
    return bytes.flip();
  }

  private static Tensor halves(WholeList bits, Shape shape, DType dtype) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * bits.size()).order(ByteOrder.LITTLE_ENDIAN);
    bits.forEach(b -> bytes.putShort(b.shortValue()));
    return TensorMemory.adopt(shape, dtype, bytes.flip());
  }

  private ModelImportException bad(TensorProto proto, String what, String why) {
    return OnnxFile.bad(
        file, "tensor " + proto.getName() + ": " + what, why, "export the model again");
  }
}
