package dev.axiomml.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * float32 elements of other memory, seen with strides and times factors of the last axis: what a
 * weight that is permuted or scaled is, without a copy of it.
 *
 * <p>The product with the factors, one after the other, is in double precision and rounded once.
 * Whoever asks for all elements has them computed, once; a backend that packs them reads the memory
 * itself ({@link FloatSource}).
 */
final class DerivedFloats implements ElementStore {
  private final ElementStore base;
  private final int start;
  private final List<Axis> axes;
  private final List<double[]> factors;
  private final int length;
  private volatile float @Nullable [] values;

  /** One loop of the elements, outermost first; the step counts elements of the base. */
  record Axis(int size, int step) {}

  private DerivedFloats(ElementStore base, int start, List<Axis> axes, List<double[]> factors) {
    this.base = base;
    this.start = start;
    this.axes = merged(axes);
    this.factors = List.copyOf(factors);
    this.length = axes.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
  }

  /** A float32 tensor as a derived one, of which it is the whole; empty where it is a part. */
  private static Optional<DerivedFloats> whole(Tensor tensor) {
    if (tensor.dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    if (tensor.store() instanceof DerivedFloats derived) {
      return Optional.of(derived).filter(d -> d.length == tensor.size());
    }
    List<Axis> flat = List.of(new Axis(tensor.size(), 1));
    return Optional.of(new DerivedFloats(tensor.store(), tensor.offset(), flat, List.of()));
  }

  /** Where a float32 tensor's elements come from. */
  static FloatSource source(Tensor tensor) {
    DerivedFloats whole =
        whole(tensor)
            .orElseGet(
                () -> {
                  List<Axis> flat = List.of(new Axis(tensor.size(), 1));
                  return new DerivedFloats(tensor.store(), tensor.offset(), flat, List.of());
                });
    return new FloatSource(whole.base, whole.start, whole.axes, whole.factors);
  }

  /** A tensor's axes in another order; empty where strides cannot say it. */
  static Optional<Tensor> permuted(Tensor tensor, int[] order) {
    int last = order.length - 1;
    return whole(tensor)
        .filter(d -> d.factors.isEmpty() || (last >= 0 && order[last] == last))
        .filter(d -> d.factors.isEmpty() || d.channels() == tensor.shape().size(-1))
        .flatMap(d -> d.permuted(tensor.shape(), order));
  }

  private Optional<Tensor> permuted(Shape shape, int[] order) {
    Optional<List<List<Axis>>> cut = cut(shape.sizes());
    if (length == 0 || cut.isEmpty()) {
      return Optional.empty();
    }
    List<Axis> moved = new ArrayList<>();
    for (int axis : order) {
      moved.addAll(cut.get().get(axis));
    }
    return Optional.of(
        tensor(shape.permuted(order), new DerivedFloats(base, start, moved, factors)));
  }

  /** A tensor with its last axis multiplied. */
  static Tensor scaled(Tensor tensor, List<double[]> more) {
    DerivedFloats d = whole(tensor).filter(x -> x.factors.isEmpty()).orElseGet(() -> copy(tensor));
    return tensor(tensor.shape(), new DerivedFloats(d.base, d.start, d.axes, more));
  }

  private static DerivedFloats copy(Tensor tensor) {
    List<Axis> flat = List.of(new Axis(tensor.size(), 1));
    return new DerivedFloats(new Floats(tensor.toFloats()), 0, flat, List.of());
  }

  private static Tensor tensor(Shape shape, DerivedFloats store) {
    return TensorMemory.exactly(shape, DType.FLOAT32, store);
  }

  /** The axes of each size of a shape of as many elements; empty where they overlap. */
  private Optional<List<List<Axis>>> cut(int[] sizes) {
    List<List<Axis>> cut = new ArrayList<>();
    List<Axis> left = new ArrayList<>(axes);
    for (int i = sizes.length - 1; i >= 0; i--) {
      Optional<List<Axis>> own = innermost(left, sizes[i]);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      cut.add(0, own.get());
    }
    return Optional.of(cut);
  }

  /** Takes as many elements off the inner end. */
  private static Optional<List<Axis>> innermost(List<Axis> left, int elements) {
    List<Axis> own = new ArrayList<>();
    int wanted = elements;
    while (wanted > 1) {
      Axis inner = left.remove(left.size() - 1);
      int taken = Math.min(inner.size, wanted);
      if (inner.size % taken != 0 || wanted % taken != 0) {
        return Optional.empty();
      }
      own.add(0, new Axis(taken, inner.step));
      left.addAll(inner.size > taken ? List.of(outer(inner, taken)) : List.of());
      wanted /= taken;
    }
    return Optional.of(own);
  }

  private static Axis outer(Axis axis, int taken) {
    return new Axis(axis.size / taken, axis.step * taken);
  }

  /** Axes of size one left out, and those joined that go on where the next one ends. */
  private static List<Axis> merged(List<Axis> axes) {
    List<Axis> merged = new ArrayList<>();
    for (Axis axis : axes) {
      Axis outer = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (axis.size == 1) {
        continue;
      }
      if (outer != null && outer.step == axis.size * axis.step) {
        merged.set(merged.size() - 1, new Axis(outer.size * axis.size, axis.step));
      } else {
        merged.add(axis);
      }
    }
    return List.copyOf(merged);
  }

  private int channels() {
    return factors.isEmpty() ? 1 : factors.get(0).length;
  }

  @Override
  public int length() {
    return length;
  }

  /** All elements, computed when they are first asked for; read only. */
  float[] values() {
    float[] known = values;
    return known != null ? known : computed();
  }

  private synchronized float[] computed() {
    float[] known = values;
    if (known != null) {
      return known;
    }
    float[] all = new float[length];
    int last = axes.isEmpty() ? 1 : axes.get(axes.size() - 1).size;
    int step = axes.isEmpty() ? 1 : axes.get(axes.size() - 1).step;
    int[] sizes = axes.stream().limit(Math.max(0, axes.size() - 1)).mapToInt(Axis::size).toArray();
    int[] steps = axes.stream().limit(sizes.length).mapToInt(Axis::step).toArray();
    int[] at = new int[sizes.length];
    int row = start;
    for (int i = 0; i < length; i += last) {
      for (int j = 0; j < last; j++) {
        all[i + j] = scaled(base.number(row + j * step), i + j);
      }
      row = IndexWalk.next(sizes, steps, at, row);
    }
    values = all;
    return all;
  }

  private float scaled(double number, int index) {
    double value = number;
    for (double[] factor : factors) {
      value *= factor[index % factor.length];
    }
    return (float) value;
  }

  private float element(int index) {
    int at = start;
    int left = index;
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      at += left % axes.get(axis).size * axes.get(axis).step;
      left /= axes.get(axis).size;
    }
    return scaled(base.number(at), index);
  }

  @Override
  public double number(int index) {
    float[] known = values;
    return known != null ? known[index] : element(index);
  }

  @Override
  public long integer(int index) {
    return (long) number(index);
  }
}
