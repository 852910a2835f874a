package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * What all rules write with.
 *
 * @param sheet the nodes
 * @param weights the tensors
 * @param sizes sizes as values
 * @param laying orders of axes
 */
public record OnnxPen(NodeSheet sheet, OnnxWeights weights, OnnxSizes sizes, AxisLaying laying) {
  public static OnnxPen of(int opset) {
    NodeSheet sheet = new NodeSheet(opset);
    OnnxWeights weights = new OnnxWeights(sheet);
    OnnxSizes sizes = new OnnxSizes(sheet, weights);
    return new OnnxPen(sheet, weights, sizes, new AxisLaying(sheet, weights, sizes));
  }

  /** A tensor's type and sizes, without its elements. */
  public static TensorProto head(Tensor tensor) {
    return TensorProto.of(OnnxElementTypes.number(tensor.dtype()), tensor.shape().sizes());
  }

  /** A tensor with its elements, little-endian. */
  public static TensorProto inline(Tensor tensor) {
    return tensor.dtype() == DType.STRING
        ? head(tensor)
            .withStringData(IntStream.range(0, tensor.size()).mapToObj(tensor::textAt).toList())
        : head(tensor).withRawData(bytes(tensor));
  }

  /** Elements as a file has them: of types below eight bits several in a byte, the first lowest. */
  public static ByteBuffer bytes(Tensor tensor) {
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
