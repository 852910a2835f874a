package dev.axiomml.core.tensor;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor, outermost axis first; sizes may be symbolic.
 *
 * @param dims the sizes; none for a scalar
 */
public record Shape(List<Dim> dims) {
  /** The shape of one number. */
  public static final Shape SCALAR = new Shape(List.of());

  /** Copies the list; negative fixed sizes are refused. */
  public Shape {
    dims = List.copyOf(dims);
    for (Dim dim : dims) {
      if (dim.isFixed() && dim.value() < 0) {
        throw new ShapeException(
            new Diagnosis(
                "size " + dim + " among " + dims,
                "",
                "a size is never negative",
                "give sizes of at least 0, e.g. Shape.of(1, 28, 28, 1)"));
      }
    }
  }

  /** A shape of fixed sizes. */
  public static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A shape of fixed sizes. */
  public static Shape of(int[] sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A shape of sizes that may be symbolic. */
  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  /** How many axes. */
  public int rank() {
    return dims.size();
  }

  /** The size of an axis; negative axes count from the end. */
  public Dim dim(int axis) {
    return dims.get(axis(axis));
  }

  /**
   * The fixed size of an axis; negative axes count from the end. @throws IllegalStateException
   * while it is symbolic
   */
  public int size(int axis) {
    return fitting(dim(axis).value());
  }

  /**
   * The axis counted from the front. @throws IndexOutOfBoundsException when there is no such axis
   */
  public int axis(int axis) {
    int front = axis < 0 ? axis + rank() : axis;
    if (front < 0 || front >= rank()) {
      throw new IndexOutOfBoundsException("axis " + axis + " of a shape with " + rank() + " axes");
    }
    return front;
  }

  /** Whether all sizes are numbers. */
  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /** The number of elements, which may be symbolic; 1 for a scalar. */
  public Dim volume() {
    return dims.stream().reduce(Dim.ONE, Dim::times);
  }

  /**
   * The number of elements. @throws IllegalStateException while symbolic @throws ShapeException
   * beyond 2³¹ − 1
   */
  public int count() {
    long count = 1;
    boolean empty = false;
    boolean huge = false;
    for (Dim dim : dims) {
      long size = dim.value();
      empty |= size == 0;
      huge |= count > Integer.MAX_VALUE / Math.max(1, size);
      count = huge ? 1 : count * Math.max(1, size);
    }
    if (huge && !empty) {
      throw tooLarge();
    }
    return empty ? 0 : (int) count;
  }

  private ShapeException tooLarge() {
    return new ShapeException(
        new Diagnosis(
            "shape " + this + " is too large",
            "",
            "a tensor holds at most 2³¹ − 1 = 2147483647 elements",
            "give smaller sizes, or fewer samples at once"));
  }

  private int fitting(long size) {
    if (size > Integer.MAX_VALUE) {
      throw tooLarge();
    }
    return (int) size;
  }

  /** The fixed sizes. @throws IllegalStateException while symbolic */
  public int[] sizes() {
    return dims.stream().mapToInt(dim -> fitting(dim.value())).toArray();
  }

  /** Row-major strides, in elements. @throws IllegalStateException while symbolic */
  public int[] strides() {
    int[] sizes = sizes();
    int[] strides = new int[sizes.length];
    int step = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step = fitting((long) step * Math.max(1, sizes[axis]));
    }
    return strides;
  }

  /** This shape with another size at an axis. */
  public Shape with(int axis, Dim size) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis(axis), size);
    return new Shape(changed);
  }

  /** The axes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Shape sub(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  /** This shape followed by more axes. */
  public Shape concat(Shape more) {
    List<Dim> all = new ArrayList<>(dims);
    all.addAll(more.dims);
    return new Shape(all);
  }

  /** The axes in another order: axis {@code i} of the answer is axis {@code order[i]} of this. */
  public Shape permuted(int... order) {
    return new Shape(Arrays.stream(order).mapToObj(dims::get).toList());
  }

  /** This shape with symbols replaced. */
  public Shape bind(Function<String, Dim> sizes) {
    return isFixed() ? this : new Shape(dims.stream().map(dim -> dim.bind(sizes)).toList());
  }

  /** Whether the ranks are equal and each pair of sizes can be. */
  public boolean matches(Shape other) {
    if (rank() != other.rank()) {
      return false;
    }
    for (int axis = 0; axis < rank(); axis++) {
      if (!dims.get(axis).matches(other.dims.get(axis))) {
        return false;
      }
    }
    return true;
  }

  /** Sizes with {@code ×} between them: {@code N×28×28×1}; {@code scalar} without axes. */
  @Override
  public String toString() {
    return dims.isEmpty()
        ? "scalar"
        : dims.stream().map(Dim::toString).collect(Collectors.joining("×"));
  }
}
