package dev.axiomml.core.pass;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Moves sizes, some symbolic, the way a {@link MoveOp} moves elements. */
final class MovedSizes {
  private MovedSizes() {}

  static Optional<KnownValue.Sizes> of(MoveOp op, List<Type> in, List<KnownValue> known) {
    List<Shape> shapes = in.stream().map(Type::shape).toList();
    Shape out = op.out(shapes);
    if (!out.isFixed() || op.offset(shapes).isPresent()) {
      return Optional.empty();
    }
    Dim[] moved = new Dim[out.count()];
    Arrays.fill(moved, Dim.ZERO);
    for (int operand = 0; operand < in.size(); operand++) {
      op.taps(operand, shapes, new Lines(known.get(operand).sizes().orElseThrow(), moved));
    }
    return Optional.of(new KnownValue.Sizes(out, List.of(moved)));
  }

  private record Lines(List<Dim> from, Dim[] to) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      throw new IllegalStateException("a step that moves elements has no weights");
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      for (int j = 0; j < n; j++) {
        to[out + j * outStep] = from.get(in + j * inStep);
      }
    }
  }
}
