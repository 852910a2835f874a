package dev.axiomml.interop.weights;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How PyTorch stores a parameter of this library: seen with some axes split, its axes in another
 * order, some of them joined.
 *
 * @param ours the shape here
 * @param split the same elements as {@code ours}, row-major
 * @param order axis {@code i} of PyTorch's is axis {@code order[i]} of {@code split}
 * @param stored the shape in PyTorch
 */
public record ParameterLayout(Shape ours, Shape split, int[] order, Shape stored) {
  /** Stored as it is here. */
  public static ParameterLayout same(Shape shape) {
    return permuted(shape, IntStream.range(0, shape.rank()).toArray());
  }

  /** Stored with the axes in another order. */
  public static ParameterLayout permuted(Shape shape, int... order) {
    return new ParameterLayout(shape, shape, order, shape.permuted(order));
  }

  /** Linear: (in, out) here, (out, in) there. */
  public static ParameterLayout matrix(Shape shape) {
    return permuted(shape, 1, 0);
  }

  /** Convolution: (kernel…, in, out) here, (out, in, kernel…) there. */
  public static ParameterLayout kernel(Shape shape) {
    int rank = shape.rank();
    return permuted(
        shape, IntStream.range(0, rank).map(i -> i < 2 ? rank - 1 - i : i - 2).toArray());
  }

  /** Transposed convolution: (kernel…, in, out) here, (in, out, kernel…) there. */
  public static ParameterLayout transposedKernel(Shape shape) {
    int rank = shape.rank();
    return permuted(shape, IntStream.range(0, rank).map(i -> (i + rank - 2) % rank).toArray());
  }

  /** One number for each element of an image: (spatial…, channels) here, channels first there. */
  public static ParameterLayout image(Shape shape) {
    int rank = shape.rank();
    return permuted(shape, IntStream.range(0, rank).map(i -> (i + rank - 1) % rank).toArray());
  }

  /**
   * The same, where an axis counts the elements of an image that was flattened: by height, width,
   * channel here, by channel, height, width there.
   *
   * @param axis of {@code ours}
   * @param image (spatial…, channels), of as many elements as the axis is long
   */
  public ParameterLayout flattened(int axis, Shape image) {
    int extra = image.rank() - 1;
    Shape cut = ours.sub(0, axis).concat(image).concat(ours.sub(axis + 1, ours.rank()));
    int[] wide =
        Arrays.stream(order)
            .flatMap(
                from ->
                    from == axis
                        ? IntStream.concat(
                            IntStream.of(axis + extra), IntStream.range(axis, axis + extra))
                        : IntStream.of(from > axis ? from + extra : from))
            .toArray();
    return new ParameterLayout(ours, cut, wide, stored);
  }

  /** A parameter as PyTorch stores it. */
  public Tensor toFile(Tensor parameter) {
    return AxisPermutation.permuted(parameter.reshape(split), order).reshape(stored);
  }

  /** PyTorch's tensor as the parameter here. */
  public Tensor fromFile(Tensor tensor) {
    int[] back = new int[order.length];
    for (int axis = 0; axis < back.length; axis++) {
      back[order[axis]] = axis;
    }
    Shape wide = new Shape(Arrays.stream(order).<Dim>mapToObj(split::dim).toList());
    return AxisPermutation.permuted(tensor.reshape(wide), back).reshape(ours);
  }
}
