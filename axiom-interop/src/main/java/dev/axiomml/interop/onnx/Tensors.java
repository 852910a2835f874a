package dev.axiomml.interop.onnx;

import com.google.protobuf.ByteString;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Memory;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tensors of a file: inline numbers, raw bytes, or bytes in a file beside it. */
final class Tensors {
  private final Path file;
  private final RawBytes raw;

  Tensors(OnnxFile file) {
    this(file.path(), file.raw());
  }

  Tensors(Path file, RawBytes raw) {
    this.file = file;
    this.raw = raw;
  }

  /** The tensor; raw and external bytes stay where they are. */
  Tensor read(TensorProto proto) {
    DType dtype =
        Elements.of(proto.getDataType())
            .orElseThrow(
                () ->
                    bad(
                        proto,
                        "element type number " + proto.getDataType(),
                        "complex numbers and 6-bit floats are not supported"));
    Shape shape = shape(proto);
    long elements = count(proto);
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return ExternalWeights.read(file, proto, shape, dtype);
    }
    Optional<ByteBuffer> bytes = raw.of(proto);
    if (bytes.isPresent()) {
      return raw(proto, shape, dtype, bytes.get());
    }
    long needed = dtype.bits() < 8 && dtype != DType.STRING ? packed(dtype, elements) : elements;
    if (listed(proto, dtype) != needed) {
      throw bad(
          proto,
          listed(proto, dtype) + " elements listed for dims " + proto.getDimsList(),
          "dims and elements must agree: " + needed + " are needed");
    }
    return inline(proto, shape, dtype);
  }

  private Tensor raw(TensorProto proto, Shape shape, DType dtype, ByteBuffer bytes) {
    if (dtype == DType.STRING || bytes.remaining() != packed(dtype, count(proto))) {
      throw bad(
          proto,
          bytes.remaining() + " bytes for dims " + proto.getDimsList() + " of " + dtype,
          "dims and bytes must agree");
    }
    return Memory.unpacked(shape, dtype, bytes);
  }

  private static long packed(DType dtype, long count) {
    return Memory.packedBytes(dtype, count);
  }

  private Shape shape(TensorProto proto) {
    count(proto);
    return Shape.of(proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }

  private long count(TensorProto proto) {
    long count = 1;
    for (long dim : proto.getDimsList()) {
      boolean fits = dim >= 0 && (dim == 0 || count <= Integer.MAX_VALUE / dim);
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

  private static int listed(TensorProto proto, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> proto.getFloatDataCount();
      case FLOAT64 -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      case STRING -> proto.getStringDataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static Tensor inline(TensorProto proto, Shape shape, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Tensor.of(shape, floats(proto.getFloatDataList()));
      case FLOAT64 ->
          Tensor.ofDoubles(
              shape,
              dtype,
              proto.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray());
      case INT64 ->
          Tensor.ofLongs(
              shape, proto.getInt64DataList().stream().mapToLong(Long::longValue).toArray());
      case UINT32, UINT64 ->
          Tensor.ofIntegers(
              shape,
              dtype,
              proto.getUint64DataList().stream().mapToLong(Long::longValue).toArray());
      case STRING ->
          Tensor.ofTexts(
              shape,
              proto.getStringDataList().stream()
                  .map(ByteString::toStringUtf8)
                  .toArray(String[]::new));
      case FLOAT16, BFLOAT16 -> halves(proto.getInt32DataList(), shape, dtype);
      default ->
          dtype.computes()
              ? Tensor.ofIntegers(shape, dtype, wholes(proto))
              : Memory.unpacked(shape, dtype, codes(proto.getInt32DataList()));
    };
  }

  private static long[] wholes(TensorProto proto) {
    return proto.getInt32DataList().stream().mapToLong(Integer::longValue).toArray();
  }

  /** A byte a number. */
  private static ByteBuffer codes(List<Integer> list) {
    ByteBuffer bytes = ByteBuffer.allocate(list.size());
    list.forEach(code -> bytes.put(code.byteValue()));
    return bytes.flip();
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  private static Tensor halves(List<Integer> bits, Shape shape, DType dtype) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * bits.size()).order(ByteOrder.LITTLE_ENDIAN);
    bits.forEach(b -> bytes.putShort(b.shortValue()));
    return Memory.adopt(shape, dtype, bytes.flip());
  }

  private dev.axiomml.core.error.ModelImportException bad(
      TensorProto proto, String what, String why) {
    return OnnxFile.bad(
        file, "tensor " + proto.getName() + ": " + what, why, "export the model again");
  }
}
