package dev.axiomml.interop.onnx.save;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;

/**
 * What all rules write with.
 *
 * @param sheet the nodes
 * @param weights the tensors
 * @param sizes sizes as values
 * @param laying orders of axes
 * @param numbers ONNX's number of each element type
 */
record Pen(Sheet sheet, Weights weights, Sizes sizes, Laying laying, ToIntFunction<DType> numbers) {
  static Pen of(int opset, ToIntFunction<DType> numbers) {
    Sheet sheet = new Sheet(opset);
    Weights weights = new Weights(sheet);
    Sizes sizes = new Sizes(sheet, weights);
    return new Pen(sheet, weights, sizes, new Laying(sheet, weights, sizes), numbers);
  }

  int number(DType dtype) {
    return numbers.applyAsInt(dtype);
  }

  /** A tensor's type and sizes, without its elements. */
  TensorProto.Builder head(Tensor tensor) {
    TensorProto.Builder proto = TensorProto.newBuilder().setDataType(number(tensor.dtype()));
    for (int size : tensor.shape().sizes()) {
      proto.addDims(size);
    }
    return proto;
  }

  /** A tensor with its elements, little-endian. */
  TensorProto inline(Tensor tensor) {
    TensorProto.Builder proto = head(tensor);
    if (tensor.dtype() != DType.STRING) {
      return proto.setRawData(UnsafeByteOperations.unsafeWrap(bytes(tensor))).build();
    }
    for (int i = 0; i < tensor.size(); i++) {
      proto.addStringData(ByteString.copyFromUtf8(tensor.textAt(i)));
    }
    return proto.build();
  }

  /** Elements as a file has them: of types below eight bits several in a byte, the first lowest. */
  static ByteBuffer bytes(Tensor tensor) {
    int bits = tensor.dtype().bits();
    if (bits >= 8) {
      return tensor.asBytes();
    }
    ByteBuffer whole = tensor.asBytes();
    byte[] packed = new byte[(tensor.size() * bits + 7) / 8];
    int mask = (1 << bits) - 1;
    for (int i = 0; i < tensor.size(); i++) {
      packed[i * bits / 8] |= (byte) ((whole.get(i) & mask) << (i * bits % 8));
    }
    return ByteBuffer.wrap(packed);
  }
}
