package dev.axiomml.core.model;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.SampleCopies;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.plan.ModelGraphs;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether what is said of one row of a model holds of each row of a batch, for given sizes. */
final class BatchCopies {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCopies.class);
  private static final int REMEMBERED = 64;

  private final Set<Map<String, Long>> seen = ConcurrentHashMap.newKeySet();

  /**
   * Why the graph for some sizes is not copies of the one for a single row; empty where it is.
   *
   * @param sizes of all symbols of the inputs
   */
  static Optional<String> fault(ModelGraphs graphs, Map<String, Long> sizes) {
    List<String> batch =
        graphs.training().inputs().stream().flatMap(BatchCopies::leading).distinct().toList();
    List<Long> rows = batch.stream().map(sizes::get).filter(Objects::nonNull).distinct().toList();
    if (rows.isEmpty() || rows.equals(List.of(1L))) {
      return Optional.empty();
    }
    if (rows.size() > 1) {
      return Optional.of("the inputs have " + rows + " rows");
    }
    Map<String, Long> single = new TreeMap<>(sizes);
    batch.forEach(symbol -> single.put(symbol, 1L));
    try {
      return SampleCopies.fault(
          graphs.inference(single), graphs.inference(sizes), Math.toIntExact(rows.get(0)));
    } catch (AxiomException e) {
      return Optional.of("it does not run on one row: " + e.diagnosis().what());
    }
  }

  private static Stream<String> leading(Value input) {
    boolean rows = input.type().isTensor() && input.type().shape().rank() > 0;
    return rows ? input.type().shape().dim(0).asSymbol().stream() : Stream.empty();
  }

  /** The same where a model has theorems, for the sizes of a call. */
  void watch(Model<?> model, List<Tensor> inputs) {
    if (!model.theorems().isEmpty()) {
      watch(model, model.graph().symbolsFor(inputs.stream().map(Tensor::type).toList()));
    }
  }

  /**
   * Looks at sizes when they are first met; one line for who runs a service says where theorems do
   * not speak of them.
   */
  void watch(Model<?> model, Map<String, Long> sizes) {
    if (seen.size() >= REMEMBERED) {
      seen.clear();
    }
    if (!model.theorems().isEmpty() && seen.add(sizes)) {
      fault(model.graphs(), sizes)
          .ifPresent(
              why ->
                  LOG.warn(
                      "the theorems of {} do not speak of inputs of {}: {}",
                      model.name(),
                      sizes,
                      why));
    }
  }
}
