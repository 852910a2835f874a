package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What is known of where a parameter's numbers came from, and how they lie there. */
public sealed interface WeightOrigin {
  /** Made here, of no file. */
  WeightOrigin HERE = new Here();

  /** Of a file, but moved in a way that is not followed. */
  WeightOrigin LOST = new Lost();

  /** A tensor of a file as the file has it. */
  static WeightOrigin of(Shape stored) {
    return new Stored(stored, stored, IntStream.range(0, stored.rank()).boxed().toList());
  }

  /** The origin of a parameter of this origin and a shape whose axes are permuted. */
  WeightOrigin permuted(Shape from, int... axes);

  /** The origin of a parameter whose numbers are some others. */
  WeightOrigin other(boolean sameShape);

  /** No file. */
  record Here() implements WeightOrigin {
    @Override
    public WeightOrigin permuted(Shape from, int... axes) {
      return this;
    }

    @Override
    public WeightOrigin other(boolean sameShape) {
      return this;
    }
  }

  /** Unknown. */
  record Lost() implements WeightOrigin {
    @Override
    public WeightOrigin permuted(Shape from, int... axes) {
      return this;
    }

    @Override
    public WeightOrigin other(boolean sameShape) {
      return this;
    }
  }

  /**
   * A tensor of a file, seen with other axes, these in another order, and perhaps with others
   * again.
   *
   * @param stored its shape in the file
   * @param cut the same elements, row-major
   * @param order axis {@code i} of what follows is axis {@code order[i]} of {@code cut}
   */
  record Stored(Shape stored, Shape cut, List<Integer> order) implements WeightOrigin {
    /** Copies the order. */
    public Stored {
      order = List.copyOf(order);
    }

    @Override
    public WeightOrigin permuted(Shape from, int... axes) {
      if (from.equals(cut.permuted(axes(order)))) {
        return new Stored(stored, cut, IntStream.of(axes).mapToObj(order::get).toList());
      }
      boolean plain = order.equals(order.stream().sorted().toList());
      return plain ? new Stored(stored, from, IntStream.of(axes).boxed().toList()) : LOST;
    }

    @Override
    public WeightOrigin other(boolean sameShape) {
      return sameShape ? this : LOST;
    }

    /** A parameter of this origin as the file has it. */
    public Tensor toFile(Tensor parameter) {
      List<Integer> back = new ArrayList<>(Collections.nCopies(order.size(), 0));
      for (int axis = 0; axis < order.size(); axis++) {
        back.set(order.get(axis), axis);
      }
      Shape wide = new Shape(order.stream().<Dim>map(cut::dim).toList());
      return parameter.reshape(wide).permute(axes(back)).reshape(stored);
    }

    /** A tensor of the file as a parameter of this origin and a shape. */
    public Tensor fromFile(Tensor file, Shape shape) {
      return file.reshape(cut).permute(axes(order)).reshape(shape);
    }

    private static int[] axes(List<Integer> list) {
      return list.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
