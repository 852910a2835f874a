package dev.axiomml.core.train;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.DoubleArithmetic;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
    if (at.op() instanceof RunOp run) {
      return selected(at, run, out.get(0));
    }
    List<Tensor> x = at.in().stream().map(this::tensor).toList();
    List<double[]> g = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      Value result = at.out().get(i);
      g.add(out.get(i).orElseGet(() -> new double[tensor(result).size()]));
    }
    List<Type> types = x.stream().map(Tensor::type).toList();
    List<double[]> numbers = x.stream().map(Tensor::toDoubles).toList();
    return DoubleArithmetic.gradients(at.op(), types, numbers, g).stream()
        .map(dx -> Optional.of(dx).filter(d -> d.length > 0))
        .toList();
  }

  /** Through steps that take elements of one operand; through others that only run, nothing. */
  private List<Optional<double[]>> selected(Node at, RunOp op, Optional<double[]> g) {
    List<Optional<double[]>> back =
        new ArrayList<>(Collections.nCopies(at.in().size(), Optional.empty()));
    if (op instanceof SelectionOp selection && g.isPresent()) {
      List<RuntimeValue> x = at.in().stream().<RuntimeValue>map(this::tensor).toList();
      if (x.get(selection.data()).tensor().dtype().isFloat()) {
        back.set(selection.data(), Optional.of(selection.gradient(x, g.get())));
      }
    }
    return back;
  }

  private Tensor tensor(Value value) {
    return Objects.requireNonNull(values.get(value), value.name()).tensor();
  }
}
