package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Two executions side by side, as one model: what is claimed of it relates them.
 *
 * <p>The executions are of two models on the same input, such as a network and what was made of it,
 * or of one model on two inputs that differ in some elements. The answer is an ordinary model,
 * whose claims are proved, refuted and certified like any other's; its weights are those of both.
 *
 * <pre>{@code
 * Model<Output> change = ModelPair.of(original, pruned).difference();
 * Verdict same = Verifier.prove(change, property("norminf(output) <= 0.01").forAll(inputIn(0, 1)));
 *
 * Model<Output> bias = ModelPair.counterparts(credit, 3).difference(); // element 3 alone may differ
 * Verdict fair = Verifier.prove(bias, property("norminf(output) <= 0.05").forAll(inputIn(0, 1)));
 * }</pre>
 */
public final class ModelPair {
  /** The input that the differing elements of the second execution are read from. */
  public static final String OTHER = "other";

  private final String name;
  private final Model<?> model;
  private final Pairing pairing;

  /** Writes both executions; answers the first output of each. */
  private interface Pairing {
    List<Value> write(GraphBuilder to, List<Port> inputs);
  }

  private ModelPair(String name, Model<?> model, Pairing pairing) {
    this.name = name;
    this.model = model;
    this.pairing = pairing;
  }

  /**
   * Two models on the same inputs.
   *
   * @throws ModelException when their inputs, or their first outputs, are of different types
   */
  public static ModelPair of(Model<?> first, Model<?> second) {
    requireSame("inputs", types(first.signature().inputs()), types(second.signature().inputs()));
    requireSame(
        "outputs",
        types(first.signature().outputs().subList(0, 1)),
        types(second.signature().outputs().subList(0, 1)));
    return new ModelPair(
        first.name() + " beside " + second.name(),
        first,
        (to, inputs) -> {
          List<Value> x = inputs.stream().map(port -> to.input(port.name(), port.type())).toList();
          Value a = written(to, first.inference(), x, "first.");
          return List.of(a, written(to, second.inference(), x, "second."));
        });
  }

  /**
   * One model on an input {@code x} and on another that differs from it in some elements of every
   * sample, which are those of the input {@value #OTHER}; its remaining elements are not read.
   *
   * @param elements places in a sample of the first input, counted row-major, each at most once
   * @throws ModelException when a sample's size is not known, or has no such element
   */
  public static ModelPair counterparts(Model<?> model, int... elements) {
    Shape sample = model.signature().inputs().get(0).type().shape();
    if (sample.rank() < 2 || !sample.sub(1, sample.rank()).isFixed()) {
      throw refused(
          "counterparts of " + model.signature().inputs().get(0),
          "elements are counted in a sample of known size, behind an axis for the batch",
          "load the model with its input's sizes");
    }
    long[] places = places(sample.sub(1, sample.rank()).count(), elements);
    return new ModelPair(
        model.name() + " and counterparts",
        model,
        (to, inputs) -> {
          List<Value> x =
              new ArrayList<>(inputs.stream().map(p -> to.input(p.name(), p.type())).toList());
          Value other = to.input(OTHER, inputs.get(0).type());
          Value a = written(to, model.inference(), x, "");
          x.set(0, replaced(to, x.get(0), other, places));
          return List.of(a, written(to, model.inference(), x, ""));
        });
  }

  /** Of two samples behind one another, those elements that the second execution reads. */
  private static long[] places(int size, int... elements) {
    long[] places = LongStream.range(0, size).toArray();
    for (int element : elements) {
      if (element < 0 || element >= size) {
        throw refused(
            "element " + element + " of a sample of " + size,
            "elements are counted row-major from 0",
            "name elements from 0 to " + (size - 1));
      }
      places[element] = element + (long) size;
    }
    if (Arrays.stream(elements).distinct().count() != elements.length || elements.length == 0) {
      throw refused(
          "elements " + Arrays.toString(elements),
          "counterparts differ in at least one element, each named once",
          "name the elements that may differ: counterparts(model, 3)");
    }
    return places;
  }

  private static Value replaced(GraphBuilder to, Value x, Value other, long[] places) {
    Shape shape = x.type().shape();
    Shape flat = Shape.of(shape.dim(0), Dim.of(places.length));
    Reshape flatten = new Reshape(flat);
    List<Value> both =
        List.of(to.emit(flatten, List.of(x)).get(0), to.emit(flatten, List.of(other)).get(0));
    Value beside = to.emit(new Concat(1), both).get(0);
    Tensor at = Tensor.ofLongs(Shape.of(places.length), places);
    Value taken = to.emit(new Take(1, at), List.of(beside)).get(0);
    return to.emit(new Reshape(shape), List.of(taken)).get(0);
  }

  /** The first output of a graph that is written once more. */
  private static Value written(GraphBuilder to, Graph graph, List<Value> in, String prefix) {
    return graph.read(in, new Writing(to, prefix)).get(0);
  }

  /**
   * Writes a graph's nodes.
   *
   * @param prefix what keeps the names of two models' weights apart
   */
  private record Writing(GraphBuilder to, String prefix) implements GraphReading<Value> {
    @Override
    public Value constant(Value at, Tensor tensor) {
      return to.constant(at.name(), tensor);
    }

    @Override
    public Value parameter(Value at, Parameter weight) {
      return to.parameter(new Parameter(prefix + weight.name(), weight.tensor()));
    }

    @Override
    public List<Value> node(Node at, List<Value> in) {
      return to.add(at.name(), at.op(), in);
    }
  }

  /** The model of the first output of the first execution less that of the second. */
  public Model<Output> difference() {
    return model((to, outputs) -> to.emit(new Sub(), outputs).get(0));
  }

  /** The model of both first outputs, one behind the other along the last axis. */
  public Model<Output> beside() {
    return model((to, outputs) -> to.emit(new Concat(-1), outputs).get(0));
  }

  private interface Joining {
    Value of(GraphBuilder to, List<Value> outputs);
  }

  private Model<Output> model(Joining joining) {
    GraphBuilder to = Graph.builder();
    List<Port> given = model.signature().inputs();
    Value out = joining.of(to, pairing.write(to, given));
    Graph graph = to.build(List.of(out));
    List<Port> inputs = new ArrayList<>(given);
    for (Value extra : graph.inputs().subList(given.size(), graph.inputs().size())) {
      Port x = given.get(0);
      inputs.add(new Port(extra.name(), extra.type(), x.axes(), x.domain()));
    }
    List<String> axes =
        IntStream.range(0, out.type().shape().rank()).mapToObj(i -> "axis" + i).toList();
    Port output = new Port("output", out.type(), axes, java.util.Optional.empty());
    return Model.of(new Signature<>(name, inputs, List.of(output), OutputKind.OUTPUT), graph);
  }

  private static List<String> types(List<Port> ports) {
    return ports.stream().map(port -> port.type().toString()).toList();
  }

  private static void requireSame(String what, List<String> first, List<String> second) {
    if (!first.equals(second)) {
      throw refused(
          "models with " + what + " of " + first + " and of " + second,
          "both read the same inputs, and their first outputs are compared",
          "compare models of one boundary");
    }
  }

  private static ModelException refused(String what, String why, String fix) {
    return new ModelException(new Diagnosis(what, "ModelPair", why, fix));
  }
}
