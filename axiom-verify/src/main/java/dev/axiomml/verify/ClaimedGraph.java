package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.SampleCopies;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleShapes;
import dev.axiomml.core.pass.KnownInputs;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model's inference graph with some inputs given.
 *
 * <p>A given input whose first axis is the batch of the free ones holds one row, and every other
 * row of a batch is given the same. Any other one is whole; where its sizes settle the batch, it is
 * settled to one row.
 *
 * @param model without ensures
 * @param given tensors by their inputs' names, each of its input's type
 * @param sizes the symbols that they settle
 * @param batch the symbols of the first axes of the free inputs; none where exactly one row is
 *     meant
 * @param alone why exactly one row is meant where no input is fixed to one
 */
record ClaimedGraph(
    Model<?> model,
    Map<String, Tensor> given,
    Map<String, Dim> sizes,
    Set<String> batch,
    Optional<String> alone) {
  static ClaimedGraph of(Model<?> model, Map<String, Tensor> given) {
    Set<String> batch = new TreeSet<>();
    for (Port port : model.signature().inputs()) {
      if (!given.containsKey(port.name())) {
        first(port).ifPresent(batch::add);
      }
    }
    ClaimedGraph open = new ClaimedGraph(model, given, Map.of(), batch, Optional.empty());
    Map<String, Dim> sizes = new TreeMap<>();
    Optional<String> settling = Optional.empty();
    for (Port port : open.givenPorts()) {
      Tensor tensor = Objects.requireNonNull(given.get(port.name()));
      sizes.putAll(sizes(port.type().shape(), tensor.shape()));
      boolean settles = !open.isRow(port) && open.countsBatch(port);
      settling = settling.isEmpty() && settles ? Optional.of(port.name()) : settling;
    }
    sizes.keySet().removeAll(batch);
    ClaimedGraph sized = new ClaimedGraph(model, given, sizes, batch, Optional.empty());
    return settling.map(sized::settledBy).orElse(sized);
  }

  /** The same of exactly one row, as an input is given for one. */
  ClaimedGraph settledBy(String input) {
    Map<String, Dim> more = new TreeMap<>(sizes);
    batch.forEach(symbol -> more.put(symbol, Dim.ONE));
    String why = "of exactly one row, as " + input + " is given for one";
    return new ClaimedGraph(model, given, more, Set.of(), Optional.of(why));
  }

  /**
   * The same of one row and of inputs of exactly these types, where the model has no graph for all
   * sizes; empty where it has one, or a size is not known.
   */
  Optional<ClaimedGraph> specialized() {
    List<Type> types = new ArrayList<>();
    for (Port port : model.signature().inputs()) {
      Tensor tensor = given.get(port.name());
      types.add(tensor == null ? bound(port.type()) : tensor.type());
    }
    boolean known = types.stream().allMatch(type -> type.isTensor() && type.shape().isFixed());
    if (model.isForAllSizes() || !known) {
      return Optional.empty();
    }
    String why = "of inputs " + types + " alone, as the model has no graph for all sizes";
    return Optional.of(
        new ClaimedGraph(model.specialized(types), given, Map.of(), Set.of(), Optional.of(why)));
  }

  private Type bound(Type type) {
    return type.isTensor() ? Type.of(type.shape().bind(this::single), type.dtype()) : type;
  }

  private Dim single(String symbol) {
    return batch.contains(symbol) ? Dim.ONE : sizes.getOrDefault(symbol, Dim.symbol(symbol));
  }

  private List<Port> givenPorts() {
    return model.signature().inputs().stream()
        .filter(port -> given.containsKey(port.name()))
        .toList();
  }

  /** A given input that holds a row of the batch. */
  Optional<String> row() {
    return givenPorts().stream().filter(this::isRow).map(Port::name).findFirst();
  }

  private boolean isRow(Port port) {
    return first(port).filter(batch::contains).isPresent();
  }

  private boolean countsBatch(Port port) {
    return port.type().shape().dims().stream()
        .anyMatch(dim -> dim.asSymbol().filter(batch::contains).isPresent());
  }

  private static Optional<String> first(Port port) {
    return port.type().isTensor() && port.type().shape().rank() > 0
        ? port.type().shape().dim(0).asSymbol()
        : Optional.empty();
  }

  private static Map<String, Dim> sizes(Shape declared, Shape actual) {
    Map<String, Dim> sizes = new TreeMap<>();
    for (int axis = 0; axis < declared.rank(); axis++) {
      Dim actually = actual.dim(axis);
      declared.dim(axis).asSymbol().ifPresent(symbol -> sizes.put(symbol, actually));
    }
    return sizes;
  }

  /** The free inputs, in order. */
  List<Port> ports() {
    return model.signature().inputs().stream()
        .filter(port -> !given.containsKey(port.name()))
        .toList();
  }

  /** The graph for one sample, over the free inputs. */
  Graph one() {
    Graph single = bound(Dim.ONE);
    return KnownInputs.apply(single, tensors(single, model.signature().inputs())).graph();
  }

  /** The graph for some samples; given rows are inputs still. */
  Graph many(int samples) {
    Graph several = bound(Dim.of(samples));
    List<Port> whole = model.signature().inputs().stream().filter(port -> !isRow(port)).toList();
    return KnownInputs.apply(several, tensors(several, whole)).graph();
  }

  private Graph bound(Dim size) {
    return model
        .inference()
        .bind(
            symbol ->
                batch.contains(symbol) ? size : sizes.getOrDefault(symbol, Dim.symbol(symbol)))
        .graph();
  }

  private Map<Value, Tensor> tensors(Graph graph, List<Port> some) {
    Map<Value, Tensor> tensors = new HashMap<>();
    for (Port port : some) {
      int at = model.signature().inputs().indexOf(port);
      Optional.ofNullable(given.get(port.name()))
          .ifPresent(tensor -> tensors.put(graph.inputs().get(at), tensor));
    }
    return tensors;
  }

  /** All inputs, from the free ones. @throws PropertyException where they are not that many */
  List<Tensor> complete(List<Tensor> free) {
    List<Port> ports = ports();
    if (free.size() != ports.size()) {
      throw new PropertyException(
          new Diagnosis(
              free.size() + " of the free inputs " + ports.stream().map(Port::name).toList(),
              "model " + model.name(),
              "samples, and the input at which a class is looked up, are of the only free input",
              "give the others, e.g. with " + ports.get(ports.size() - 1).name() + " = 0"));
    }
    List<Tensor> all = new ArrayList<>();
    for (Port port : model.signature().inputs()) {
      all.add(
          given.containsKey(port.name()) ? given.get(port.name()) : free.get(ports.indexOf(port)));
    }
    return all;
  }

  /** The model's answers, from the free inputs of one sample. */
  List<Tensor> run(List<Tensor> free) {
    return model.predictAll(complete(free));
  }

  /** Why an output would be read as rows where it is one sample; empty where it is not. */
  Optional<String> fault(Graph one) {
    Shape output = one.outputs().get(0).type().shape();
    boolean row = output.rank() == 0 || output.dim(0).equals(Dim.ONE);
    return row || !batch.isEmpty() || new SampleShapes(model.signature()).isWhole()
        ? Optional.empty()
        : Optional.of(
            "output "
                + one.outputs().get(0).name()
                + " is "
                + output
                + ": not one row for the one row of the input");
  }

  /** What is said beside a proof about one row alone. */
  String scope() {
    return batch.isEmpty()
        ? "; " + alone.orElse("of exactly one row, as its input is fixed")
        : "; " + SampleCopies.SCOPE;
  }
}
