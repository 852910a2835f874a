package dev.axiomml.core.op.linear;

import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.StridedGrid;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sums of products of two values, spelled with a letter for each axis: {@code bij,bjk->bik}.
 *
 * <p>Letters that the result does not name are summed over; an ellipsis stands for axes that are
 * broadcast; without {@code ->} the result names, in their order, the letters that occur once.
 *
 * @param equation two operands and the result
 */
public record Einsum(String equation) implements BilinearOp {
  /** The product of one value or more, two at a time from the left. */
  public static <V> V emit(String equation, OpEmitter<V> to, List<V> in) {
    List<Shape> shapes = in.stream().map(value -> to.type(value).shape()).toList();
    if (in.size() <= 2) {
      return to.one(in.size() == 1 ? new Contraction(equation) : new Einsum(equation), in);
    }
    EinsumEquation whole = EinsumEquation.of(equation, shapes);
    List<String> rest = whole.operands().subList(2, in.size());
    String needed = whole.out() + String.join("", rest);
    StringBuilder kept = new StringBuilder();
    (whole.operands().get(0) + whole.operands().get(1))
        .chars()
        .distinct()
        .filter(c -> needed.indexOf(c) >= 0)
        .forEach(c -> kept.append((char) c));
    String pair = whole.operands().get(0) + "," + whole.operands().get(1) + "->" + kept;
    List<V> fewer = new ArrayList<>(List.of(to.one(new Einsum(pair), in.subList(0, 2))));
    fewer.addAll(in.subList(2, in.size()));
    return emit(kept + "," + String.join(",", rest) + "->" + whole.out(), to, fewer);
  }

  @Override
  public Shape out(Shape first, Shape second) {
    EinsumEquation e = EinsumEquation.of(equation, List.of(first, second));
    return e.sizes(List.of(first, second), e.out());
  }

  @Override
  public void taps(Shape first, Shape second, TapReceiver taps) {
    List<Shape> in = List.of(first, second);
    EinsumEquation e = EinsumEquation.of(equation, in);
    int[] sizes = e.sizes(in, e.letters()).sizes();
    int[][] steps = {
      e.steps(e.out(), out(first, second)),
      e.steps(e.operands().get(0), first),
      e.steps(e.operands().get(1), second)
    };
    int wide = axis(sizes, steps, new int[] {1, 0, 1});
    int deep = axis(sizes, steps, new int[] {0, 1, -1});
    if (wide < 0 || deep < 0) {
      StridedGrid.of(sizes, steps)
          .each((at, s, n) -> taps.line(at[0], s[0], at[1], s[1], n, at[2], s[2]));
      return;
    }
    blocks(sizes, steps, new int[] {wide, deep}, taps);
  }

  /** Blocks over two axes, for every position along the others. */
  private static void blocks(int[] sizes, int[][] steps, int[] axes, TapReceiver taps) {
    int[] others = sizes.clone();
    others[axes[0]] = 1;
    others[axes[1]] = 1;
    int nOut = sizes[axes[0]];
    int nIn = sizes[axes[1]];
    int row = steps[2][axes[1]];
    StridedGrid.of(others, steps)
        .each(
            (at, s, n) -> {
              for (int i = 0; i < n; i++) {
                int weight = at[2] + i * s[2];
                taps.block(at[0] + i * s[0], nOut, at[1] + i * s[1], nIn, weight, row);
              }
            });
  }

  /** The axis that has these steps in result, first and second; −1 for any step. */
  private static int axis(int[] sizes, int[][] steps, int[] wanted) {
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      boolean fits = sizes[axis] > 1;
      for (int side = 0; side < wanted.length; side++) {
        fits &= wanted[side] < 0 || steps[side][axis] == wanted[side];
      }
      if (fits) {
        return axis;
      }
    }
    return -1;
  }

  /** A known matrix on the last axis makes a dense layer; most others are a matrix product. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    List<Shape> shapes = in.stream().map(Type::shape).toList();
    EinsumEquation e = EinsumEquation.of(equation, shapes);
    Optional<Parameter> matrix =
        known.get(1).parameter().filter(w -> w.tensor().shape().rank() == 2);
    return matrix.flatMap(w -> dense(e, w)).or(() -> MatrixForm.of(e, shapes));
  }

  private static Optional<OpLowering> dense(EinsumEquation e, Parameter matrix) {
    String x = e.operands().get(0);
    String w = e.operands().get(1);
    if (x.isEmpty() || x.chars().distinct().count() < x.length() || w.charAt(0) == w.charAt(1)) {
      return Optional.empty();
    }
    String rows = x.substring(x.length() - 1);
    boolean turned = w.endsWith(rows);
    String columns = turned ? w.substring(0, 1) : w.substring(1);
    boolean fits =
        w.contains(rows)
            && !x.contains(columns)
            && e.out().equals(x.substring(0, x.length() - 1) + columns);
    Parameter weight = turned ? matrix.permuted(1, 0) : matrix;
    return fits
        ? Optional.of(OpLowering.to(new Dense(weight, Optional.empty()), 0))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return EinsumEquation.of(equation, FamilyTypes.shapes(in))
        .rows(FamilyTypes.shapes(in), samples);
  }
}
