package dev.axiomml.core.op;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Memory;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Positions of an axis, given as a value; elements of any type.
 *
 * <p>Shape: data, then integers, negative ones counting from the end; the axis is replaced by the
 * axes of the integers. Once they are known it is a {@link Take}.
 *
 * @param axis the axis; negative counts from the end
 */
public record Gather(int axis) implements SizeOp {
  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 2);
    Integers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);
    Shape data = in.get(0).shape();
    int at = Shapes.axis("gather", data, axis);
    Shape out = data.sub(0, at).concat(in.get(1).shape()).concat(data.sub(at + 1, data.rank()));
    return List.of(Type.of(out, in.get(0).dtype()));
  }

  @Override
  public List<Datum> run(List<Datum> in) {
    Tensor data = in.get(0).tensor();
    int at = data.shape().axis(axis);
    int below = data.shape().sub(at + 1, data.shape().rank()).count();
    int size = data.shape().size(at);
    int[] rows = Positions.of(in.get(1).tensor(), size, "gather");
    Shape out = infer(List.of(data.type(), in.get(1).tensor().type())).get(0).shape();
    int[] from = new int[out.count()];
    for (int i = 0; i < from.length; i++) {
      int row = i / below % rows.length;
      from[i] = (i / below / rows.length * size + rows[row]) * below + i % below;
    }
    return List.of(Memory.gather(data, out, from));
  }

  @Override
  public Optional<Known.Sizes> sizes(List<Type> in, List<Known> known) {
    Optional<Tensor> at = known.get(1).tensor();
    Optional<List<Dim>> data = known.get(0).sizes();
    if (in.get(0).shape().rank() != 1
        || in.get(0).dtype() != DType.INT64
        || at.isEmpty()
        || data.isEmpty()) {
      return Optional.empty();
    }
    int[] rows = Positions.of(at.get(), data.get().size(), "gather");
    return Optional.of(
        new Known.Sizes(at.get().shape(), Arrays.stream(rows).mapToObj(data.get()::get).toList()));
  }

  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    return known.get(1).tensor().map(indices -> Lowering.to(new Take(axis, indices), 0));
  }

  @Override
  public String whyNoBound() {
    return "which elements it takes depends on an input";
  }
}
