package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A tensor's elements in other forms. */
final class ElementConversions {
  private ElementConversions() {}

  static float[] floats(Tensor tensor) {
    int offset = tensor.offset();
    Optional<float[]> array = TensorMemory.array(tensor);
    if (array.isPresent()) {
      return Arrays.copyOfRange(array.get(), offset, offset + tensor.size());
    }
    float[] values = new float[tensor.size()];
    if (tensor.store() instanceof ElementStore.Bytes bytes && tensor.dtype() == DType.FLOAT32) {
      bytes.memory().asFloatBuffer().position(offset).get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.store().number(offset + i);
    }
    return values;
  }

  static FloatBuffer floatBuffer(Tensor tensor) {
    if (tensor.dtype() != DType.FLOAT32) {
      throw new IllegalStateException(
          "a " + tensor.dtype() + " tensor is no float buffer; convert it with to(FLOAT32)");
    }
    Optional<float[]> array = TensorMemory.array(tensor);
    if (array.isPresent()) {
      return FloatBuffer.wrap(array.get(), tensor.offset(), tensor.size())
          .slice()
          .asReadOnlyBuffer();
    }
    if (tensor.store() instanceof ElementStore.Bytes bytes) {
      FloatBuffer all = bytes.memory().asFloatBuffer();
      return all.slice(tensor.offset(), tensor.size()).asReadOnlyBuffer();
    }
    return FloatBuffer.wrap(floats(tensor)).asReadOnlyBuffer();
  }

  static ByteBuffer bytes(Tensor tensor) {
    if (tensor.store() instanceof ElementStore.Bytes bytes) {
      int width = tensor.dtype().bytes();
      ByteBuffer view = bytes.memory().slice(tensor.offset() * width, tensor.size() * width);
      return view.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.dtype() == DType.STRING) {
      throw new IllegalStateException("text has no fixed bytes");
    }
    ByteBuffer copy = ByteBuffer.allocate(Math.multiplyExact(tensor.size(), 4));
    copy.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats(tensor));
    return copy.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Converted with the largest number of the type for everything beyond it. */
  static Tensor clamped(Tensor tensor, DType target) {
    if (target == tensor.dtype() || !target.isFloat() || target.computes()) {
      return tensor.to(target);
    }
    ElementStore.Bytes bytes = TensorMemory.allocate(target, tensor.size());
    NarrowFormat codec = NarrowCodes.of(target);
    for (int i = 0; i < tensor.size(); i++) {
      bytes.memory().put(i, codec.code(tensor.doubleAt(i), true));
    }
    return TensorMemory.exactly(tensor.shape(), target, bytes);
  }

  static Tensor converted(Tensor tensor, DType target) {
    if (target.isFloat()) {
      return Tensor.ofDoubles(tensor.shape(), target, tensor.toDoubles());
    }
    ElementStore.Bytes bytes = TensorMemory.allocate(target, tensor.size());
    boolean fractions = tensor.dtype().isFloat();
    for (int i = 0; i < tensor.size(); i++) {
      bytes.put(i, fractions ? tensor.doubleAt(i) : 0, tensor.longAt(i));
    }
    return TensorMemory.exactly(tensor.shape(), target, bytes);
  }
}
