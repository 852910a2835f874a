package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The axes in another order.
 *
 * @param order axis {@code i} of the output is axis {@code order.get(i)} of the input; each axis
 *     once
 */
public record Permute(List<Integer> order) implements MoveOp {
  /** Checks that each axis is named once. */
  public Permute {
    order = List.copyOf(order);
    List<Integer> sorted = order.stream().sorted().toList();
    if (!sorted.equals(IntStream.range(0, order.size()).boxed().toList())) {
      throw new IllegalArgumentException("an order names each axis once, got " + order);
    }
  }

  /** An order given as numbers. */
  public static Permute of(int... order) {
    return new Permute(Arrays.stream(order).boxed().toList());
  }

  /** The order as numbers. */
  public int[] axes() {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.rank("permute " + order, in.get(0), order.size());
    return in.get(0).permuted(axes());
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[] strides = in.get(0).strides();
    int[] steps = Arrays.stream(axes()).map(axis -> strides[axis]).toArray();
    Shape out = out(in);
    return List.of(LoopNest.plain(out.sizes(), out.strides(), steps));
  }

  /** Its own order is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return order.stream().sorted().toList().equals(order)
        ? Optional.of(OpLowering.first())
        : Optional.empty();
  }
}
