package dev.axiomml.core.op.gradient;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds up neighbouring channels.
 *
 * <p>Shape: channels last, unchanged.
 *
 * @param before neighbours before
 * @param after neighbours behind
 * @param own whether the channel itself is one
 */
public record NeighbourSum(int before, int after, boolean own) implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return in.get(0);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, neighbours(in.get(0))));
  }

  private List<LoopNest> neighbours(Shape in) {
    int channels = in.size(-1);
    int pixels = in.sub(0, in.rank() - 1).count();
    return IntStream.rangeClosed(-Math.min(before, channels), Math.min(after, channels))
        .filter(by -> own || by != 0)
        .mapToObj(
            by ->
                LoopNest.plain(
                        List.of(
                            Loop.of(pixels, channels, channels),
                            Loop.of(channels - Math.abs(by), 1, 1)))
                    .from(Math.max(0, -by), Math.max(0, by), 0))
        .toList();
  }
}
