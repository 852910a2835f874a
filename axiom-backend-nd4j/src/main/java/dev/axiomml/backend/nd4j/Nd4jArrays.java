package dev.axiomml.backend.nd4j;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors as ND4J arrays and back; both directions copy. */
final class Nd4jArrays {
  private Nd4jArrays() {}

  /** Fails where ND4J cannot be used. */
  static void probe() {
    Nd4j.getBackend();
  }

  static INDArray of(Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      return Nd4j.scalar(tensor.floatAt(0));
    }
    return Nd4j.create(TensorMemory.borrow(tensor), sizes(tensor.shape()), 'c');
  }

  static Tensor tensor(INDArray array, Shape shape) {
    return TensorMemory.adopt(shape, array.dup('c').data().asFloat());
  }

  static long[] sizes(Shape shape) {
    return java.util.Arrays.stream(shape.sizes()).asLongStream().toArray();
  }
}
