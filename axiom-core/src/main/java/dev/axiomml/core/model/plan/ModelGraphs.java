package dev.axiomml.core.model.plan;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphSource;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of a model: one for all sizes, and those that it becomes for arrays of given types,
 * each derived when it is first needed. Safe to share between threads.
 */
public final class ModelGraphs {
  private static final int KEPT = 8;

  private final Graph training;
  private final Optional<GraphSource> source;
  private final Map<List<Type>, Graph> specialized = new LinkedHashMap<>(KEPT, 0.75f, true);
  private volatile @Nullable Graph inference;

  public ModelGraphs(Graph training, Optional<GraphSource> source) {
    this.training = training;
    this.source = source;
  }

  /** The graph as it was written, for all sizes. */
  public Graph training() {
    return training;
  }

  /** Whether the graph for all sizes is all there is to know. */
  public boolean isForAllSizes() {
    return source.isEmpty();
  }

  /** The graph as it was written, for arrays of given types. */
  public Graph training(List<Type> types) {
    Map<String, Long> sizes = training.symbolsFor(types);
    return source.isEmpty() ? training.bind(sizes).graph() : fitting(source.get().graph(types));
  }

  /** What predictions run, for all sizes. */
  public Graph inference() {
    Graph ready = inference;
    if (ready != null) {
      return ready;
    }
    synchronized (this) {
      Graph again = inference;
      Graph made = again != null ? again : PassPipelines.inference(training).graph();
      inference = made;
      return made;
    }
  }

  /** What predictions run, with sizes in place of the symbols of the inputs. */
  public Graph inference(Map<String, Long> sizes) {
    if (source.isEmpty()) {
      return inference().bind(sizes).graph();
    }
    List<Type> types = training.inputs().stream().map(value -> bound(value, sizes)).toList();
    synchronized (specialized) {
      Graph known = specialized.get(types);
      if (known != null) {
        return known;
      }
    }
    Graph made = PassPipelines.inference(training(types)).graph();
    synchronized (specialized) {
      specialized.put(types, made);
      if (specialized.size() > KEPT) {
        specialized.remove(specialized.keySet().iterator().next());
      }
      return made;
    }
  }

  private static Type bound(Value input, Map<String, Long> sizes) {
    Type type = input.type();
    return type.isTensor()
        ? Type.of(
            type.shape()
                .bind(
                    symbol ->
                        Optional.ofNullable(sizes.get(symbol))
                            .map(Dim::of)
                            .orElseGet(() -> Dim.symbol(symbol))),
            type.dtype())
        : type;
  }

  /** The same graphs, each changed in the same way. */
  public ModelGraphs changed(UnaryOperator<Graph> change) {
    return new ModelGraphs(
        change.apply(training), source.map(own -> types -> change.apply(own.graph(types))));
  }

  private Graph fitting(Graph made) {
    boolean fits =
        made.inputs().size() == training.inputs().size()
            && made.outputs().size() == training.outputs().size();
    if (!fits) {
      throw new ModelException(
          new Diagnosis(
              "a graph of %d inputs and %d outputs"
                  .formatted(made.inputs().size(), made.outputs().size()),
              "graph source",
              "a model has the same inputs and outputs for arrays of all types: %d and %d"
                  .formatted(training.inputs().size(), training.outputs().size()),
              "answer all inputs and all outputs, unused ones too"));
    }
    return made;
  }
}
