package dev.axiomml.core.ir;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where the results of one operator hold the samples, found for each of the sizes that are looked
 * at.
 */
final class CopiedRows {
  static final int NONE = -1;

  private CopiedRows() {}

  /**
   * The axis along which samples lie in all results, one entry of each; empty where for some number
   * of samples they are not copies.
   *
   * @param in types with the symbol N for the number of samples
   * @param axes where each holds one entry a sample; {@link #NONE} where it holds none
   */
  static OptionalInt of(Op op, List<Type> in, List<Integer> axes) {
    List<OptionalInt> found =
        SampleCopies.SIZES.stream().map(samples -> of(op, in, axes, samples)).distinct().toList();
    return found.size() == 1 ? found.get(0) : OptionalInt.empty();
  }

  private static OptionalInt of(Op op, List<Type> in, List<Integer> axes, int samples) {
    try {
      Graph one = graph(op, in, 1);
      Graph many = graph(op, in, samples);
      List<Integer> blocks = new ArrayList<>();
      for (int k = 0; k < axes.size(); k++) {
        blocks.add(axes.get(k) == NONE ? 0 : behind(one.inputs().get(k).type(), axes.get(k)));
      }
      Optional<List<Integer>> out = SampleCopies.ofParts(one, many, samples, blocks);
      return out.isEmpty() ? OptionalInt.empty() : axis(one, many, out.get(), samples);
    } catch (ShapeException | IllegalStateException e) {
      return OptionalInt.empty(); // no such batch goes into it
    }
  }

  private static int behind(Type type, int axis) {
    return type.shape().sub(axis + 1, type.shape().rank()).count();
  }

  private static OptionalInt axis(Graph one, Graph many, List<Integer> blocks, int samples) {
    return IntStream.range(0, one.outputs().get(0).type().shape().rank())
        .filter(
            axis ->
                IntStream.range(0, blocks.size())
                    .allMatch(
                        i -> {
                          Type single = one.outputs().get(i).type();
                          Type all = many.outputs().get(i).type();
                          return SampleBlocks.axis(single, all, samples)
                                  .equals(OptionalInt.of(axis))
                              && single.shape().size(axis) == 1
                              && blocks.get(i) == behind(single, axis);
                        }))
        .findFirst();
  }

  static Graph graph(Op op, List<Type> in, int samples) {
    GraphBuilder to = Graph.builder();
    List<Value> inputs = new ArrayList<>();
    for (Type type : in) {
      Shape shape = type.shape().bind(symbol -> Dim.of(samples));
      inputs.add(to.input("x", Type.of(shape, type.dtype())));
    }
    return to.build(to.add("op", op.bind(symbol -> Dim.of(samples)), inputs));
  }
}
