package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/** Tensors as element type, sizes and little-endian bytes in base64. */
final class TensorJson {
  private TensorJson() {}

  static ObjectNode write(Tensor tensor) {
    ByteBuffer view = tensor.asBytes();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    ObjectNode json = LimitedJson.object().put("dtype", tensor.dtype().toString());
    ArrayNode shape = json.putArray("shape");
    for (int size : tensor.shape().sizes()) {
      shape.add(size);
    }
    return json.put("bytes", Base64.getEncoder().encodeToString(bytes));
  }

  static void write(ArrayNode to, List<Tensor> tensors) {
    tensors.forEach(tensor -> to.add(write(tensor)));
  }

  static Tensor read(StrictFields json) {
    json.only("dtype", "shape", "bytes");
    DType dtype = json.choice("dtype", DType.values());
    List<Integer> sizes = json.indices("shape");
    byte[] bytes = bytes(json);
    long count = sizes.stream().mapToLong(Integer::longValue).reduce(1, TensorJson::times);
    if (dtype == DType.STRING || times(count, dtype.bytes()) != bytes.length) {
      throw StrictFields.malformed(json.place(), "bytes of " + dtype + " " + sizes, bytes.length);
    }
    Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    return TensorMemory.adopt(shape, dtype, ByteBuffer.wrap(bytes));
  }

  /** A product that stays above every real size once it is. */
  private static long times(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    return a == Long.MAX_VALUE || high != 0 || a * b < 0 || a * b > Integer.MAX_VALUE
        ? Long.MAX_VALUE
        : a * b;
  }

  private static byte[] bytes(StrictFields json) {
    try {
      return Base64.getDecoder().decode(json.ascii("bytes"));
    } catch (IllegalArgumentException e) {
      throw StrictFields.refused(json.place(), "base64", e);
    }
  }
}
