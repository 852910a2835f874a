package dev.axiomml.verify.attack;

import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.StoppedComputation;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The run of the interpreter, which ends by {@link StoppedComputation} between nodes once it is
 * asked to.
 */
public record StoppableRun(Interpreter run, BooleanSupplier stop)
    implements GraphReading<RuntimeValue> {
  @Override
  public RuntimeValue constant(Value at, Tensor tensor) {
    return run.constant(at, tensor);
  }

  @Override
  public List<RuntimeValue> node(Node at, List<RuntimeValue> in) {
    ask(stop);
    return run.node(at, in);
  }

  private static void ask(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new StoppedComputation();
    }
  }

  /** A walk backward that ends likewise. */
  public record Back<A>(ReverseReading<A> walk, BooleanSupplier stop) implements ReverseReading<A> {
    @Override
    public A sum(A first, A second) {
      return walk.sum(first, second);
    }

    @Override
    public List<Optional<A>> node(Node at, List<Optional<A>> out) {
      ask(stop);
      return walk.node(at, out);
    }

    @Override
    public void constant(Value at, Tensor tensor, A arrived) {
      walk.constant(at, tensor, arrived);
    }
  }
}
