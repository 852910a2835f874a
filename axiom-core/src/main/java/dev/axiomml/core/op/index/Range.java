package dev.axiomml.core.op.index;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Numbers from a start by a step up to a limit, which is not reached.
 *
 * <p>Shape: three scalars of one type to (count).
 *
 * @param count the name of the size, which only the numbers tell
 */
public record Range(String count) implements SizeOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 3);
    return List.of(Type.of(Shape.of(Dim.symbol(count)), FamilyTypes.same(this, in)));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor start = in.get(0).tensor();
    Tensor step = in.get(2).tensor();
    if (step.doubleAt(0) == 0) {
      throw new ShapeException(
          new Diagnosis(
              "range with step 0", "", "a range of step 0 never ends", "use another step"));
    }
    return List.of(start.dtype().isFloat() ? floats(in) : integers(in));
  }

  private static Tensor floats(List<RuntimeValue> in) {
    double start = in.get(0).tensor().doubleAt(0);
    double step = in.get(2).tensor().doubleAt(0);
    int n = (int) Math.max(0, Math.ceil((in.get(1).tensor().doubleAt(0) - start) / step));
    double[] values = IntStream.range(0, n).mapToDouble(i -> start + i * step).toArray();
    return Tensor.ofDoubles(Shape.of(n), in.get(0).tensor().dtype(), values);
  }

  private static Tensor integers(List<RuntimeValue> in) {
    long start = in.get(0).tensor().longAt(0);
    long step = in.get(2).tensor().longAt(0);
    long way = in.get(1).tensor().longAt(0) - start;
    int n = Math.toIntExact(Math.max(0, -Math.floorDiv(-way, step)));
    long[] values = IntStream.range(0, n).mapToLong(i -> start + i * step).toArray();
    return Tensor.ofIntegers(Shape.of(n), in.get(0).tensor().dtype(), values);
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    return Optional.empty();
  }

  @Override
  public String whyNoBound() {
    return "how many numbers it makes depends on its inputs";
  }
}
