package dev.axiomml.verify.check;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.SampleCopies;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.pass.KnownInputs;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.check.integer.CheckRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A model of one sample with what a claim gives of its inputs, found out by the check alone.
 *
 * @param ports all inputs
 * @param graph over all inputs: what is run again
 * @param known the same with given inputs as constants: what is bounded
 * @param batches the same for a number of rows, of which given ones are inputs: copies of the one
 *     for one row; none where exactly one row is spoken of
 * @param given tensors by their inputs' names
 * @param scope words on a model that is spoken of for exactly one row
 */
record CheckedModel(
    List<Port> ports,
    Graph graph,
    Graph known,
    Optional<IntFunction<Graph>> batches,
    Map<String, Tensor> given,
    String scope) {
  /** A graph of fixed sizes of which nothing is given. */
  static CheckedModel of(List<Port> ports, Graph graph) {
    return new CheckedModel(ports, graph, graph, Optional.empty(), Map.of(), "");
  }

  /** Ends where a name is no input's, or a tensor not of its input's type for one sample. */
  static CheckedModel of(Model<?> model, Map<String, Tensor> given) {
    List<Port> ports = model.signature().inputs();
    GivenSizes sizes = GivenSizes.of(ports, given);
    return model.isForAllSizes() ? of(model, given, sizes) : specialized(model, given, sizes);
  }

  /**
   * A model that has no graph for all sizes: as it is for them where that decides what is claimed,
   * else for the types of one sample alone.
   */
  private static CheckedModel specialized(
      Model<?> model, Map<String, Tensor> given, GivenSizes sizes) {
    List<Type> types = new ArrayList<>();
    for (Port port : model.signature().inputs()) {
      Tensor tensor = given.get(port.name());
      types.add(tensor == null ? sizes.single(port.type()) : tensor.type());
    }
    boolean known = types.stream().allMatch(type -> type.isTensor() && type.shape().isFixed());
    if (!known || isDecided(model, given, sizes)) {
      return of(model, given, sizes);
    }
    Model<?> fixed = model.specialized(types);
    CheckedModel only = of(fixed, given, GivenSizes.of(fixed.signature().inputs(), given));
    String scope = "; of inputs " + types + " alone";
    return new CheckedModel(only.ports, only.graph, only.known, Optional.empty(), given, scope);
  }

  private static boolean isDecided(Model<?> model, Map<String, Tensor> given, GivenSizes sizes) {
    try {
      CheckedModel all = of(model, given, sizes);
      boolean sized =
          all.known.values().allMatch(v -> v.type().isTensor() && v.type().shape().isFixed());
      return sized && all.mixing().isEmpty() && all.fault().isEmpty();
    } catch (ShapeException | CheckRefusal e) {
      return false; // it is asked again for the types of one sample
    }
  }

  private static CheckedModel of(Model<?> model, Map<String, Tensor> given, GivenSizes sizes) {
    List<Port> ports = model.signature().inputs();
    Graph one = model.inference().bind(symbol -> sizes.sized(symbol, 1)).graph();
    requireTypes(ports, one, given);
    Graph known = known(one, ports, given);
    CheckedModel single = new CheckedModel(ports, one, known, Optional.empty(), given, "");
    Optional<Port> settling = ports.stream().filter(sizes::settles).findFirst();
    if (settling.isPresent()) {
      return single.alone("as " + settling.get().name() + " is given for one");
    }
    if (sizes.batch().isEmpty()) {
      return single.alone("as its input is fixed");
    }
    Map<String, Tensor> whole = new HashMap<>(given);
    ports.stream().filter(sizes::isRow).forEach(port -> whole.remove(port.name()));
    IntFunction<Graph> batches =
        rows ->
            known(
                model.inference().bind(symbol -> sizes.sized(symbol, rows)).graph(), ports, whole);
    Optional<IntFunction<Graph>> all = Optional.of(batches);
    return new CheckedModel(ports, one, known, all, given, "; " + SampleCopies.SCOPE).apart(sizes);
  }

  private CheckedModel alone(String why) {
    String scope = "; of exactly one row, " + why;
    return new CheckedModel(ports, graph, known, Optional.empty(), given, scope);
  }

  /** Where rows may meet, but one of them is given, exactly that one is meant. */
  private CheckedModel apart(GivenSizes sizes) {
    return ports.stream()
        .filter(port -> given.containsKey(port.name()) && sizes.isRow(port))
        .findFirst()
        .filter(port -> mixing().isPresent())
        .map(port -> alone("as " + port.name() + " is given for one"))
        .orElse(this);
  }

  private static void requireTypes(List<Port> ports, Graph one, Map<String, Tensor> given) {
    for (int i = 0; i < ports.size(); i++) {
      Type type = one.inputs().get(i).type();
      Tensor tensor = given.get(ports.get(i).name());
      if (tensor != null && !tensor.type().equals(type)) {
        throw CheckRefusal.of(
            "input " + ports.get(i).name() + " is " + type + ", given as " + tensor.type(), "");
      }
    }
  }

  private static Graph known(Graph graph, List<Port> ports, Map<String, Tensor> given) {
    Map<Value, Tensor> values = new HashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      Tensor tensor = given.get(ports.get(i).name());
      if (tensor != null) {
        values.put(graph.inputs().get(i), tensor);
      }
    }
    return KnownInputs.apply(graph, values).graph();
  }

  /** Why a claim about one row would not be one about each of a batch; empty where it is. */
  Optional<String> mixing() {
    return several().or(() -> batches.flatMap(SampleCopies::fault));
  }

  /** The input that is never one row. A scalar is the same for all rows. */
  Optional<String> several() {
    return known.inputs().stream()
        .filter(input -> input.type().isTensor() && input.type().shape().rank() > 0)
        .filter(input -> input.type().shape().dim(0).isFixed())
        .filter(input -> !input.type().shape().dim(0).equals(Dim.ONE))
        .map(
            v ->
                "input %s is %s, always %s rows"
                    .formatted(v.name(), v.type().shape(), v.type().shape().dim(0)))
        .findFirst();
  }

  /**
   * Why the outputs of one row would be read as other rows: only where all that a model takes is
   * one sample, they are whole whatever their shape.
   */
  Optional<String> fault() {
    boolean tensor = known.outputs().get(0).type().isTensor();
    Shape output = tensor ? known.outputs().get(0).type().shape() : Shape.SCALAR;
    boolean row = output.rank() == 0 || output.dim(0).equals(Dim.ONE);
    boolean whole =
        scope.isEmpty() || batches.isPresent() || ports.stream().allMatch(CheckedModel::isWhole);
    return row || whole
        ? Optional.empty()
        : Optional.of("one row of the inputs gives outputs of " + output);
  }

  private static boolean isWhole(Port port) {
    Shape shape = port.type().isTensor() ? port.type().shape() : Shape.of(2);
    return shape.rank() == 0 || shape.dim(0).equals(Dim.ONE);
  }

  /** The inputs that are not given. */
  List<Port> free() {
    return ports.stream().filter(port -> !given.containsKey(port.name())).toList();
  }

  /** Whether the input that formulas call x is free. */
  boolean isFirstFree() {
    return !given.containsKey(ports.get(0).name());
  }

  /** All inputs, from the free ones. */
  List<Tensor> complete(List<Tensor> free) {
    List<Port> open = free();
    if (free.size() != open.size()) {
      throw CheckRefusal.of(free.size() + " inputs where " + open.size() + " are free", "");
    }
    List<Tensor> all = new ArrayList<>();
    for (Port port : ports) {
      Tensor tensor = given.get(port.name());
      all.add(tensor == null ? free.get(open.indexOf(port)) : tensor);
    }
    return all;
  }

  /** The free ones of all inputs. */
  List<Tensor> free(List<Tensor> all) {
    List<Tensor> free = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      if (!given.containsKey(ports.get(i).name())) {
        free.add(all.get(i));
      }
    }
    return free;
  }

  /** The first given input that is something else among all inputs. */
  Optional<String> misgiven(List<Tensor> all) {
    for (int i = 0; i < ports.size(); i++) {
      Tensor tensor = given.get(ports.get(i).name());
      if (tensor != null && !tensor.equals(all.get(i))) {
        return Optional.of("input " + ports.get(i).name() + " is not what is given");
      }
    }
    return Optional.empty();
  }
}
