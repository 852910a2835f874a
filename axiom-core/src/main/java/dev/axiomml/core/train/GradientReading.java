package dev.axiomml.core.train;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The backward reading that computes gradients: seed any values with the gradient of a number by
 * them, and the gradient by every value before them arrives.
 *
 * <p>Computes in double precision from values that ran before. At a kink either one-sided slope is
 * taken, of equal largest elements the first gets all. Through run-only operators, but for those
 * that select elements, and functions without a derivative nothing flows.
 *
 * <pre>{@code
 * Map<Value, RuntimeValue> values = graph.readAll(List.of(x), new Interpreter());
 * double[] dx = graph.reverse(Map.of(output, seed), new GradientReading(values)).get(input);
 * }</pre>
 */
public final class GradientReading implements ReverseReading<double[]> {
  private final Map<Value, ? extends RuntimeValue> values;

  /** For the values that one run of the graph made. */
  public GradientReading(Map<Value, ? extends RuntimeValue> values) {
    this.values = values;
  }

  @Override
  public double[] sum(double[] first, double[] second) {
    double[] sum = first.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += second[i];
    }
    return sum;
  }

  @Override
  public List<Optional<double[]>> node(Node at, List<Optional<double[]>> out) {
    if (!OpGradients.has(at.op())) {
      return at.in().stream().map(value -> Optional.<double[]>empty()).toList();
    }
    List<Tensor> x = at.in().stream().map(this::tensor).toList();
    List<Type> types = x.stream().map(Tensor::type).toList();
    List<double[]> numbers = x.stream().map(Tensor::toDoubles).toList();
    Supplier<List<double[]>> y =
        () -> at.out().stream().map(this::tensor).map(Tensor::toDoubles).toList();
    return new DoubleGradients(at.op(), types, numbers)
        .of(y, out).stream().map(dx -> Optional.of(dx).filter(d -> d.length > 0)).toList();
  }

  private Tensor tensor(Value value) {
    return Objects.requireNonNull(values.get(value), value.name()).tensor();
  }
}
