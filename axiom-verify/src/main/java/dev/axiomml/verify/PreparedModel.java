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
import dev.axiomml.verify.bound.PreparedGraph;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A model made ready for proofs about single samples: every row of a batch of any size, or the one
 * row that its inputs are fixed to.
 *
 * @param model the same without claims, so that replays are not stopped by ensures
 * @param graph its inference graph, batch of one, known masks read as such
 * @param forms the same, ready for bounds
 */
record PreparedModel(Model<?> model, Graph graph, PreparedGraph forms) {
  /** A model made ready, or the reason why nothing can be proved of it. */
  sealed interface Readiness {
    record Ready(PreparedModel prepared) implements Readiness {}

    record Obstacle(String reason) implements Readiness {}
  }

  /** Makes ready. @throws dev.axiomml.verify.bound.StoppedComputation once the signal says so */
  static Readiness of(Model<?> model, BooleanSupplier stop) {
    Graph inference = model.inference();
    Optional<String> obstacle = inputs(inference);
    if (obstacle.isPresent()) {
      return new Readiness.Obstacle(obstacle.get());
    }
    try {
      Graph one = KnownMasks.apply(bound(inference, Dim.ONE)).graph();
      Optional<String> fault = open(one).or(() -> types(one)).or(() -> mixed(inference));
      return fault
          .<Readiness>map(Readiness.Obstacle::new)
          .orElseGet(
              () ->
                  new Readiness.Ready(
                      new PreparedModel(bare(model), one, PreparedGraph.of(one, stop))));
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
      if (shape.rank() == 0 || (shape.dim(0).isFixed() && shape.size(0) != 1)) {
        String always = shape.rank() == 0 ? "" : ", always " + shape.size(0) + " rows";
        return Optional.of(
            "input "
                + input.name()
                + " is "
                + shape
                + always
                + ": a claim speaks of one row, so the first axis must be 1 or a batch of any"
                + " size");
      }
    }
    return Optional.empty();
  }

  /** The symbols of the first axes; none where every input is exactly one row. */
  private static Set<String> batch(Graph graph) {
    Set<String> symbols = new TreeSet<>();
    for (Value input : graph.inputs()) {
      Dim first = input.type().shape().dim(0);
      if (!first.isFixed()) {
        symbols.add(first.toString());
      }
    }
    return symbols;
  }

  /** The graph with one size for the batches of all inputs. */
  private static Graph bound(Graph graph, Dim size) {
    Set<String> batch = batch(graph);
    return graph.bind(symbol -> batch.contains(symbol) ? size : Dim.symbol(symbol)).graph();
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

  private static Optional<String> mixed(Graph inference) {
    return batch(inference).stream()
        .findFirst()
        .map(Dim::symbol)
        .flatMap(batch -> SampleMixing.of(bound(inference, batch), batch));
  }

  /** What is said beside a proof of a model that takes no other number of rows. */
  String scope() {
    return batch(model.inference()).isEmpty() ? "; of exactly one row, as its input is fixed" : "";
  }

  /** The inputs' names, for texts. */
  List<String> names() {
    return graph.inputs().stream().map(Value::name).toList();
  }
}
