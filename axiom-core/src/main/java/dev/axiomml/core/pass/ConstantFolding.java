package dev.axiomml.core.pass;

import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An emitter that computes what is known as it goes: constants, shape arithmetic over symbolic
 * sizes, and simpler operators once some of their inputs are known.
 *
 * <p>Importers emit through it, so that a shape that a file computes is known when the reshape that
 * wants it arrives. Theirs keeps what follows from weights: it is nodes, whose numbers are computed
 * for whoever asks, and which that holds to their weights' numbers.
 */
public final class ConstantFolding implements OpEmitter<Value> {
  private static final int LARGEST = 1 << 24;

  private final GraphBuilder to;
  private final boolean keepsWeights;
  private final KnownNumbers numbers;
  private final Map<Value, KnownValue> known = new HashMap<>();

  private ConstantFolding(GraphBuilder to, boolean keepsWeights) {
    this.to = to;
    this.keepsWeights = keepsWeights;
    this.numbers = new KnownNumbers(to::makers, to::constantOf);
  }

  /** Folds into a builder all that is known. */
  public ConstantFolding(GraphBuilder to) {
    this(to, false);
  }

  /** Folds into a builder what follows from constants; what follows from weights is nodes. */
  public static ConstantFolding keepingWeights(GraphBuilder to) {
    return new ConstantFolding(to, true);
  }

  /** What is known of a value that came through here. */
  public KnownValue known(Value value) {
    return known.getOrDefault(value, KnownValue.nothing());
  }

  /** The tensor of a known value, for a trial that puts nothing down. */
  public Optional<Tensor> tried(Value value) {
    boolean is = known(value).isKnown();
    return is ? Optional.of(numbers.of(value)) : Optional.empty();
  }

  /** A node of a name, or what it is known to make. */
  public List<Value> add(String name, Op op, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    List<KnownValue> knowns = in.stream().map(this::known).toList();
    Optional<List<Value>> computed = computed(name, op, in);
    if (computed.isPresent()) {
      return computed.get();
    }
    Optional<OpLowering> simpler = op.given(types, knowns);
    if (simpler.isPresent()) {
      return simpler.get().emit(named(name), in);
    }
    List<Value> out = to.add(name, op, in);
    sizes(op, types, knowns).ifPresent(sizes -> known.put(out.get(0), sizes));
    return out;
  }

  @Override
  public List<Value> emit(Op op, List<Value> in) {
    return add(op.title().toLowerCase(java.util.Locale.ROOT), op, in);
  }

  /** This emitter under a name for everything it puts down. */
  public OpEmitter<Value> named(String name) {
    return new OpEmitter<>() {
      @Override
      public List<Value> emit(Op op, List<Value> in) {
        return add(name, op, in);
      }

      @Override
      public Value constant(Tensor tensor) {
        return ConstantFolding.this.constant(tensor);
      }

      @Override
      public Value parameter(Parameter weight) {
        return ConstantFolding.this.parameter(weight);
      }

      @Override
      public Type type(Value value) {
        return value.type();
      }
    };
  }

  @Override
  public Value constant(Tensor tensor) {
    return remember(to.constant(tensor), tensor);
  }

  /** A constant of a name. */
  public Value constant(String name, Tensor tensor) {
    return remember(to.constant(name, tensor), tensor);
  }

  private Value remember(Value value, Tensor tensor) {
    known.put(value, new KnownValue.Exact(tensor, value.name()));
    return value;
  }

  @Override
  public Value parameter(Parameter weight) {
    Value value = to.parameter(weight);
    known.put(value, keepsWeights ? ofWeights(value) : exact(weight));
    return value;
  }

  private static KnownValue.Exact exact(Parameter weight) {
    return new KnownValue.Exact(weight.tensor(), weight.name(), weight.origin());
  }

  private KnownValue ofWeights(Value value) {
    return new KnownValue.OfWeights(value.type().dtype().isInteger(), () -> asked(value));
  }

  /** What follows from weights, for somebody who makes the graph by its numbers. */
  private KnownValue.Exact asked(Value value) {
    to.pin(value);
    return to.parameterOf(value)
        .map(ConstantFolding::exact)
        .orElseGet(() -> new KnownValue.Exact(numbers.of(value), value.name()));
  }

  @Override
  public Type type(Value value) {
    return value.type();
  }

  private Optional<List<Value>> computed(String name, Op op, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    List<KnownValue> knowns = in.stream().map(this::known).toList();
    boolean all = !in.isEmpty() && knowns.stream().allMatch(KnownValue::isKnown);
    List<Type> made = all ? op.infer(types) : List.of();
    boolean computable = all && !isOpen(op, made) && !tooLarge(made, most(types));
    Optional<Parameter> moved = computable ? moved(op, in, made) : Optional.empty();
    if (moved.isPresent()) {
      return Optional.of(List.of(parameter(moved.get())));
    }
    Optional<KnownValue.Sizes> sizes = sizes(op, types, knowns);
    if (sizes.isPresent() && sizes.get().elements().stream().allMatch(Dim::isFixed)) {
      long[] whole = sizes.get().elements().stream().mapToLong(Dim::value).toArray();
      DType dtype = op.infer(types).get(0).dtype();
      return Optional.of(List.of(constant(Tensor.ofIntegers(sizes.get().shape(), dtype, whole))));
    }
    if (!computable) {
      return Optional.empty();
    }
    boolean weights = knowns.stream().anyMatch(KnownValue.OfWeights.class::isInstance);
    return weights && isKept(made) ? Optional.of(kept(name, op, in)) : numbers(op, in);
  }

  /** No result is larger than this, unless an operand is. */
  private static long most(List<Type> in) {
    return in.stream()
        .filter(type -> type.isTensor() && type.shape().isFixed())
        .mapToLong(type -> type.shape().volume().value())
        .reduce(LARGEST, Math::max);
  }

  /** A weight that is only laid out anew is still that weight. */
  private Optional<Parameter> moved(Op op, List<Value> in, List<Type> made) {
    Optional<Parameter> weight = to.parameterOf(in.get(0));
    if (op instanceof Permute permute) {
      return weight.map(own -> own.permuted(permute.axes()));
    }
    return op instanceof Reshape
        ? weight.map(own -> own.reshaped(made.get(0).shape()))
        : Optional.empty();
  }

  /** Whether results stay nodes: floats whose sizes no number decides. */
  private static boolean isKept(List<Type> made) {
    return made.stream().allMatch(type -> type.isTensor() && type.shape().isFixed())
        && made.stream().anyMatch(type -> type.dtype().isFloat());
  }

  /** Nodes whose numbers are computed when somebody asks; simpler ones where these only run. */
  private List<Value> kept(String name, Op op, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    List<KnownValue> open = Collections.nCopies(in.size(), KnownValue.nothing());
    Optional<OpLowering> parts = op instanceof RunOp ? op.given(types, open) : Optional.empty();
    if (parts.isPresent()) {
      return parts.get().emit(named(name), in);
    }
    List<Value> out = to.add(name, op, in);
    out.forEach(value -> known.put(value, ofWeights(value)));
    return out;
  }

  /** The results themselves. */
  private Optional<List<Value>> numbers(Op op, List<Value> in) {
    List<Tensor> tensors = in.stream().map(value -> known(value).tensor().orElseThrow()).toList();
    boolean weights = in.stream().anyMatch(value -> to.parameterOf(value).isPresent());
    return KnownNumbers.results(op, tensors)
        .map(out -> out.stream().map(tensor -> result(op, in.get(0), tensor, weights)).toList());
  }

  private Value result(Op op, Value first, Tensor tensor, boolean weights) {
    if (weights && tensor.dtype().isFloat()) {
      return remember(to.computed(tensor), tensor);
    }
    Value value = to.constant(tensor);
    boolean moved = op instanceof Permute || op instanceof Reshape;
    String name = moved ? known(first).parameter().orElseThrow().name() : value.name();
    known.put(value, new KnownValue.Exact(tensor, name));
    return value;
  }

  /** Whether the operator itself speaks of symbols, as an expansion to a free batch does. */
  private static boolean isOpen(Op op, List<Type> types) {
    return !(op instanceof RunOp)
        && types.stream().anyMatch(t -> t.isTensor() && !t.shape().isFixed());
  }

  private static boolean tooLarge(List<Type> types, long most) {
    return types.stream()
        .anyMatch(t -> t.isTensor() && t.shape().isFixed() && t.shape().volume().value() > most);
  }

  private static Optional<KnownValue.Sizes> sizes(
      Op op, List<Type> types, List<KnownValue> knowns) {
    boolean moves = op instanceof MoveOp && types.get(0).dtype().isInteger();
    if ((!moves && !(op instanceof SizeOp)) || tooLarge(op.infer(types), KnownValue.MOST_SIZES)) {
      return Optional.empty();
    }
    if (op instanceof SizeOp size) {
      return size.sizes(types, knowns);
    }
    boolean all = !knowns.isEmpty() && knowns.stream().allMatch(k -> k.sizes().isPresent());
    return all ? MovedSizes.of((MoveOp) op, types, knowns) : Optional.empty();
  }
}
