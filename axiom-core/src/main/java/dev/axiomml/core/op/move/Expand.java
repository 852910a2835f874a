package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A value repeated along axes of size 1 and along new leading axes; exact, on elements of any type.
 *
 * <p>Shape: that of the input broadcast with {@code to}.
 *
 * @param to right-aligned sizes, 1 where the input's size stays; may speak of the graph's symbols
 */
public record Expand(Shape to) implements MoveOp {
  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("expand", in.get(0), to);
  }

  @Override
  public Expand bind(Function<String, Dim> sizes) {
    return new Expand(to.bind(sizes));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(BroadcastNests.plain(in.get(0), out(in)));
  }

  /** New leading axes stay in front. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int lead = Math.max(0, to.rank() - order.length);
    int missing = Math.max(0, order.length - to.rank());
    Shape full = new Shape(Collections.nCopies(missing, Dim.ONE)).concat(to);
    int[] after =
        IntStream.concat(IntStream.range(0, lead), IntStream.of(order).map(axis -> axis + lead))
            .toArray();
    return Optional.of(new ReorderedOp(new Expand(full.permuted(after)), after));
  }

  /** Repeating nothing is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    Shape shape = in.get(0).shape();
    return out(List.of(shape)).equals(shape) ? Optional.of(OpLowering.first()) : Optional.empty();
  }
}
