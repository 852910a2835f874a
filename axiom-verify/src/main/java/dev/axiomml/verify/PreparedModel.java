package dev.axiomml.verify;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.SampleCopies;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.pass.KnownMasks;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.PreparedGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A model made ready for proofs about single samples: every row of a batch of any size, or exactly
 * one row.
 *
 * @param claimed the model with what is given of its inputs
 * @param forms its graph of one sample, known masks read as such, ready for bounds
 */
record PreparedModel(ClaimedGraph claimed, PreparedGraph forms) {
  /** A model made ready, or the reason why nothing can be proved of it. */
  sealed interface Readiness {
    record Ready(PreparedModel prepared) implements Readiness {}

    record Obstacle(String reason) implements Readiness {}
  }

  /**
   * Makes ready.
   *
   * @param given tensors by the names of their inputs
   * @throws dev.axiomml.verify.bound.StoppedComputation once the signal says so
   */
  static Readiness of(Model<?> model, Map<String, Tensor> given, BooleanSupplier stop) {
    ClaimedGraph claimed = ClaimedGraph.of(model.unclaimed(), given);
    Readiness all = checked(claimed, stop);
    return all instanceof Readiness.Ready ? all : specialized(claimed, stop).orElse(all);
  }

  private static Readiness checked(ClaimedGraph claimed, BooleanSupplier stop) {
    try {
      return inputs(claimed.ports())
          .<Readiness>map(Readiness.Obstacle::new)
          .orElseGet(() -> of(apart(claimed), stop));
    } catch (ShapeException e) {
      return refused(e);
    }
  }

  /** What is not shown for all sizes may be asked of those of one sample. */
  private static Optional<Readiness> specialized(ClaimedGraph claimed, BooleanSupplier stop) {
    try {
      return claimed.specialized().map(one -> checked(one, stop));
    } catch (ModelImportException | ShapeException e) {
      return Optional.of(refused(e));
    }
  }

  private static Readiness refused(AxiomException e) {
    return new Readiness.Obstacle("it does not run on one sample: " + e.diagnosis().what());
  }

  /** Where rows may meet, but one of them is given, exactly that one is meant. */
  private static ClaimedGraph apart(ClaimedGraph claimed) {
    return claimed
        .row()
        .filter(row -> mixed(claimed).isPresent())
        .map(claimed::settledBy)
        .orElse(claimed);
  }

  private static Readiness of(ClaimedGraph claimed, BooleanSupplier stop) {
    Graph one = KnownMasks.apply(claimed.one()).graph();
    return open(one)
        .or(() -> types(one))
        .or(() -> claimed.fault(one))
        .or(() -> mixed(claimed))
        .<Readiness>map(Readiness.Obstacle::new)
        .orElseGet(
            () -> new Readiness.Ready(new PreparedModel(claimed, PreparedGraph.of(one, stop))));
  }

  /** The graph of one sample. */
  Graph graph() {
    return forms.graph();
  }

  private static Optional<String> inputs(List<Port> free) {
    for (Port input : free) {
      if (!input.type().isTensor() || input.type().dtype() != DType.FLOAT32) {
        return Optional.of("input " + input.name() + " is " + input.type() + ", not float32");
      }
      Shape shape = input.type().shape();
      if (shape.rank() > 0 && shape.dim(0).isFixed() && shape.size(0) != 1) {
        return Optional.of(
            "input "
                + input.name()
                + " is "
                + shape
                + ", always "
                + shape.size(0)
                + " rows: a claim speaks of one row, so the first axis must be 1 or a batch of any"
                + " size");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> open(Graph graph) {
    return first(graph, v -> v.type().isTensor() && v.type().shape().isFixed())
        .map(
            value ->
                "the size of "
                    + value.name()
                    + " ("
                    + value.type()
                    + ") is open: give the model its input shape, e.g. input(image(28, 28, 1)) or"
                    + " --input-shape 1,28,28,1");
  }

  private static Optional<String> types(Graph graph) {
    return first(graph, v -> !v.type().dtype().isFloat() || v.type().dtype() == DType.FLOAT32)
        .map(v -> v.name() + " is " + v.type().dtype() + "; margins are known for float32 only");
  }

  private static Optional<Value> first(Graph graph, Function<Value, Boolean> fine) {
    return graph
        .values()
        .filter(value -> graph.constant(value).isEmpty() && !fine.apply(value))
        .findFirst();
  }

  private static Optional<String> mixed(ClaimedGraph claimed) {
    return claimed.batch().isEmpty() ? Optional.empty() : SampleCopies.fault(claimed::many);
  }

  /** The free inputs' names, for texts. */
  List<String> names() {
    return graph().inputs().stream().map(Value::name).toList();
  }
}
