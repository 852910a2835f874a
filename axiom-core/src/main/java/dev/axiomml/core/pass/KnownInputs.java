package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes inputs that are given constants, and computes what every execution computes of them alike.
 *
 * <p>For proofs: the other graph's executions on these inputs are those of the new one. Whole
 * numbers, comparisons of known numbers, moves, and conversions of whole numbers are computed; an
 * operator takes the simpler form that it has once its operands of whole numbers are known beside
 * its weights, as an {@code If} becomes its branch. Arithmetic of floats stays, constants or not,
 * for a program that is given them as it runs rounds it in any order; nothing is computed of
 * numbers so small that an execution may flush them to zero.
 */
public final class KnownInputs extends GraphRewrite {
  private final Map<Value, Tensor> given;
  private final Set<Value> weights = new HashSet<>();
  private final Set<String> own = new HashSet<>();
  private final Map<String, Dim> sizes = new HashMap<>();
  private final ConstantFolding folding = new ConstantFolding(to());

  private KnownInputs(Map<Value, Tensor> given) {
    this.given = given;
  }

  /**
   * The graph without the inputs that are given; the others stay in their order. A graph of which
   * nothing is given stays as it is.
   *
   * @param given tensors of the types of their inputs
   */
  public static RewrittenGraph apply(Graph graph, Map<Value, Tensor> given) {
    return given.isEmpty()
        ? RewrittenGraph.same(graph)
        : GraphRewrite.of(graph, new KnownInputs(new HashMap<>(given)));
  }

  @Override
  protected Value input(Value at) {
    if (at.type().isTensor()) {
      at.type().shape().dims().forEach(dim -> dim.asSymbol().ifPresent(own::add));
    }
    Tensor tensor = given.get(at);
    return tensor == null ? super.input(at) : named(at.name(), tensor);
  }

  @Override
  protected Value constant(Value at, Tensor tensor) {
    Value weight = named(at.name(), tensor);
    weights.add(weight);
    return weight;
  }

  @Override
  protected Value parameter(Value at, Parameter weight) {
    Value value = held(weight);
    weights.add(value);
    return value;
  }

  private Value held(Parameter weight) {
    return isFlushed(weight.tensor()) ? to().parameter(weight) : folding.parameter(weight);
  }

  private Value named(String name, Tensor tensor) {
    return isFlushed(tensor) ? to().constant(name, tensor) : folding.constant(name, tensor);
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    Op op =
        sizes.isEmpty()
            ? at.op()
            : at.op().bind(symbol -> sizes.getOrDefault(symbol, Dim.symbol(symbol)));
    List<Value> out = new Emission(at.name()).emit(op, in);
    for (int i = 0; i < out.size(); i++) {
      learn(at.out().get(i).type(), out.get(i).type());
    }
    return out;
  }

  /** Sizes that only a run told before: symbols of a result, and of no input. */
  private void learn(Type before, Type now) {
    boolean told =
        before.isTensor() && now.isTensor() && before.shape().rank() == now.shape().rank();
    for (int axis = 0; told && axis < now.shape().rank(); axis++) {
      Dim size = now.shape().dim(axis);
      before
          .shape()
          .dim(axis)
          .asSymbol()
          .filter(symbol -> !own.contains(symbol) && !size.equals(Dim.symbol(symbol)))
          .ifPresent(symbol -> sizes.putIfAbsent(symbol, size));
    }
  }

  private static boolean isFlushed(Tensor tensor) {
    boolean small = false;
    for (int i = 0; tensor.dtype().isFloat() && i < tensor.size() && !small; i++) {
      double magnitude = Math.abs(tensor.doubleAt(i));
      small = magnitude > 0 && magnitude < Float.MIN_NORMAL;
    }
    return small;
  }

  /** Whether an operator has one answer, whatever executes it. */
  private static boolean isExact(Op op, List<Type> in) {
    boolean whole = in.stream().noneMatch(type -> type.isTensor() && type.dtype().isFloat());
    boolean sized = op.infer(in).stream().allMatch(t -> t.isTensor() && t.shape().isFixed());
    boolean kept =
        op instanceof MoveOp
            || op instanceof Compare
            || (whole
                && (op instanceof Cast || op.infer(in).stream().noneMatch(KnownInputs::isFloat)));
    return kept && sized;
  }

  private static boolean isFloat(Type type) {
    return !type.isTensor() || type.dtype().isFloat();
  }

  /** What is emitted in place of one node. */
  private final class Emission implements OpEmitter<Value> {
    private final String name;

    Emission(String name) {
      this.name = name;
    }

    @Override
    public List<Value> emit(Op op, List<Value> in) {
      List<Type> types = in.stream().map(Value::type).toList();
      if (isExact(op, types)) {
        return folding.add(name, op, in);
      }
      List<KnownValue> known = in.stream().map(this::known).toList();
      boolean any = known.stream().anyMatch(value -> value.tensor().isPresent());
      return (any ? op.given(types, known) : Optional.<OpLowering>empty())
          .map(simpler -> simpler.emit(this, in))
          .orElseGet(() -> to().add(name, op, in));
    }

    /** What is known of a value of whole numbers, or of a weight. */
    private KnownValue known(Value value) {
      return isFloat(value.type()) && !weights.contains(value)
          ? KnownValue.nothing()
          : folding.known(value);
    }

    @Override
    public Value constant(Tensor tensor) {
      return isFlushed(tensor) ? to().constant(tensor) : folding.constant(tensor);
    }

    @Override
    public Value parameter(Parameter weight) {
      return held(weight);
    }

    @Override
    public Type type(Value value) {
      return value.type();
    }
  }
}
