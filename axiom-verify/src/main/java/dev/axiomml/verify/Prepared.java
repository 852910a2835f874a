package dev.axiomml.verify;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.pass.KnownMasks;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.verify.bound.Forms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model made ready for proofs about single samples.
 *
 * @param model the same without claims, so that replays are not stopped by ensures
 * @param graph its inference graph, batch of one, known masks read as such
 * @param forms the same, ready for bounds
 */
record Prepared(Model<?> model, Graph graph, Forms forms) {
  /** A model made ready, or the reason why nothing can be proved of it. */
  sealed interface Readiness {
    record Ready(Prepared prepared) implements Readiness {}

    record Obstacle(String reason) implements Readiness {}
  }

  /** Makes ready. @throws dev.axiomml.verify.bound.Stopped once the signal says so */
  static Readiness of(Model<?> model, BooleanSupplier stop) {
    Graph inference = model.inference();
    Optional<String> obstacle = inputs(inference);
    if (obstacle.isPresent()) {
      return new Readiness.Obstacle(obstacle.get());
    }
    try {
      Graph one = KnownMasks.apply(inference.bind(batch(inference, 1)));
      Optional<String> fault = open(one).or(() -> types(one)).or(() -> mixed(inference));
      return fault
          .<Readiness>map(Readiness.Obstacle::new)
          .orElseGet(() -> new Readiness.Ready(new Prepared(bare(model), one, Forms.of(one, stop))));
    } catch (ShapeException e) {
      return new Readiness.Obstacle("it does not run on one sample: " + e.diagnosis().what());
    }
  }

  static <O extends Output> Model<O> bare(Model<O> model) {
    return Model.of(model.signature(), model.graph());
  }

  private static Optional<String> inputs(Graph graph) {
    for (Value input : graph.inputs()) {
      if (!input.type().isTensor() || input.type().dtype() != DType.FLOAT32) {
        return Optional.of("input " + input.name() + " is " + input.type() + ", not float32");
      }
      Shape shape = input.type().shape();
      if (shape.rank() == 0 || (shape.dim(0).isFixed() && shape.dim(0).value() != 1)) {
        return Optional.of(
            "input "
                + input.name()
                + " is "
                + shape
                + ": a claim speaks of single samples, so the first axis must be the batch");
      }
    }
    return Optional.empty();
  }

  private static Map<String, Long> batch(Graph graph, long size) {
    Map<String, Long> sizes = new HashMap<>();
    for (Value input : graph.inputs()) {
      Dim first = input.type().shape().dim(0);
      if (!first.isFixed()) {
        sizes.put(first.toString(), size);
      }
    }
    return sizes;
  }

  private static Stream<Value> values(Graph graph) {
    return Stream.concat(
        graph.inputs().stream(), graph.nodes().stream().flatMap(n -> n.out().stream()));
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
    return values(graph).filter(value -> !fine.apply(value)).findFirst();
  }

  private static Optional<String> mixed(Graph inference) {
    Map<String, Long> two = batch(inference, 2);
    return two.isEmpty()
        ? Optional.empty()
        : Mixing.of(inference.bind(two))
            .map(output -> output + " mixes samples of a batch, so no claim about one holds alone");
  }

  /** The inputs' names, for texts. */
  List<String> names() {
    return graph.inputs().stream().map(Value::name).toList();
  }
}
