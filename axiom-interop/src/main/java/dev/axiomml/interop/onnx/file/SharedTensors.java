package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The tensors of a file, read when first asked for and the same ever after: graphs that are made of
 * the file for several sizes share their weights.
 */
public final class SharedTensors {
  private final OnnxTensors reader;
  private final Map<TensorProto, Tensor> read = new IdentityHashMap<>();

  SharedTensors(OnnxTensors reader) {
    this.reader = reader;
  }

  public synchronized Tensor of(TensorProto proto) {
    Tensor known = read.get(proto);
    if (known == null) {
      known = reader.read(proto);
      read.put(proto, known);
    }
    return known;
  }
}
