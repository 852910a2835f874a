package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.move.AxisTables;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An image of another size, each pixel a copy of the nearest one; exact, on elements of any type.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). PyTorch's {@code nearest} is asymmetric and floor, its
 * {@code nearest-exact} half pixel and ceil at ties.
 *
 * @param to the new spatial sizes; may speak of the graph's symbols
 * @param sampling where positions lie; antialiasing does not apply
 * @param rounding which pixel is nearest
 */
public record ResizeNearest(Shape to, ResizeSampling sampling, Rounding rounding)
    implements MoveOp {
  /** From a place between pixels to a pixel. */
  public enum Rounding {
    /** The nearest, the lower one at ties. */
    TIES_DOWN {
      @Override
      double round(double x) {
        return Math.ceil(x - 0.5);
      }
    },
    /** The nearest, the higher one at ties. */
    TIES_UP {
      @Override
      double round(double x) {
        return Math.floor(x + 0.5);
      }
    },
    /** The next lower. */
    FLOOR {
      @Override
      double round(double x) {
        return Math.floor(x);
      }
    },
    /** The next higher. */
    CEIL {
      @Override
      double round(double x) {
        return Math.ceil(x);
      }
    };

    abstract double round(double x);
  }

  @Override
  public ResizeNearest bind(Function<String, Dim> sizes) {
    return new ResizeNearest(to.bind(sizes), sampling, rounding);
  }

  @Override
  public Shape out(List<Shape> in) {
    return sampling.out("resize", in.get(0), to);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[][] tables = AxisTables.identity(in.get(0));
    List<ResizeCoordinates.Axis> axes = sampling.axes(in.get(0), to);
    for (int i = 0; i < axes.size(); i++) {
      ResizeCoordinates.Axis axis = axes.get(i);
      tables[i + 1] = IntStream.range(0, axis.out()).map(at -> pixel(at, axis)).toArray();
    }
    return List.of(AxisTables.nest(in.get(0), tables));
  }

  private int pixel(int at, ResizeCoordinates.Axis axis) {
    double nearest = rounding.round(sampling.coordinates().source(at, axis));
    return (int) Math.max(0, Math.min(axis.in() - 1, nearest));
  }
}
