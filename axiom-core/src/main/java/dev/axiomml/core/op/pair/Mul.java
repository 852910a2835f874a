package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Product of two values, element by element, broadcast from the right. */
public record Mul() implements BilinearOp {
  @Override
  public Shape out(Shape first, Shape second) {
    return CommonShapeRules.broadcast("mul", first, second);
  }

  @Override
  public void taps(Shape first, Shape second, TapReceiver taps) {
    lines(List.of(first, second), out(first, second), taps);
  }

  /** Products of two operands, both broadcast to an output. */
  public static void lines(List<Shape> operands, Shape out, TapReceiver taps) {
    if (out.rank() == 0) {
      taps.line(0, 1, 0, 1, 1, 0, 1);
      return;
    }
    int last = out.rank() - 1;
    int[] a = IndexWalk.broadcast(operands.get(0), out);
    int[] b = IndexWalk.broadcast(operands.get(1), out);
    int[] rows = Arrays.copyOf(out.sizes(), last);
    int[] startA = IndexWalk.walk(rows, Arrays.copyOf(a, last));
    int[] startB = IndexWalk.walk(rows, Arrays.copyOf(b, last));
    int n = out.size(-1);
    for (int i = 0; i < startA.length; i++) {
      taps.line(i * n, 1, startA[i], a[last], n, startB[i], b[last]);
    }
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  /** A known factor makes a scaling, which is affine. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    for (int side = 0; side < 2; side++) {
      int other = 1 - side;
      Optional<Parameter> factor = known.get(side).parameter();
      if (factor.isPresent()) {
        return Optional.of(OpLowering.to(new Scale(factor.get(), Optional.empty()), other));
      }
    }
    return Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(FamilyTypes.shapes(in));
  }
}
