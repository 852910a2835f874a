package dev.axiomml.verify.attack;

import dev.axiomml.core.ir.Adjoint;
import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.Stopped;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The run of the interpreter, which ends by {@link Stopped} between nodes once it is asked to. */
public record StoppableRun(Interpreter run, BooleanSupplier stop) implements Meaning<Datum> {
  @Override
  public Datum constant(Value at, Tensor tensor) {
    return run.constant(at, tensor);
  }

  @Override
  public List<Datum> node(Node at, List<Datum> in) {
    ask(stop);
    return run.node(at, in);
  }

  private static void ask(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
  }

  /** A walk backward that ends likewise. */
  public record Back<A>(Adjoint<A> walk, BooleanSupplier stop) implements Adjoint<A> {
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
