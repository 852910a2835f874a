package dev.axiomml.interop.weights;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tensor that is made when it is first asked for, once; its type is known before. */
public final class LazyTensor {
  private final Type type;
  private final Object storage;
  private @Nullable Supplier<Tensor> source;
  private @Nullable Tensor tensor;

  /**
   * A tensor to be.
   *
   * @param type its type
   * @param storage the same object for tensors that share memory
   * @param source makes it
   */
  public LazyTensor(Type type, Object storage, Supplier<Tensor> source) {
    this.type = type;
    this.storage = storage;
    this.source = source;
  }

  /** One that is there already. */
  public static LazyTensor of(Tensor tensor) {
    return new LazyTensor(tensor.type(), tensor, () -> tensor);
  }

  /** Element type and sizes. */
  public Type type() {
    return type;
  }

  /** What it lies in; tensors of one storage share memory in the file. */
  public Object storage() {
    return storage;
  }

  /** The tensor, the same object each time. */
  public synchronized Tensor tensor() {
    Supplier<Tensor> make = source;
    if (make != null) {
      tensor = make.get();
      source = null;
    }
    return java.util.Objects.requireNonNull(tensor);
  }
}
