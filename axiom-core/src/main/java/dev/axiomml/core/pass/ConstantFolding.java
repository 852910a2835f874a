package dev.axiomml.core.pass;

import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
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
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An emitter that computes what is known as it goes: constants, shape arithmetic over symbolic
 * sizes, and simpler operators once some of their inputs are known.
 *
 * <p>Importers emit through it, so that a shape that a file computes is known when the reshape that
 * wants it arrives.
 */
public final class ConstantFolding implements OpEmitter<Value> {
  private static final int LARGEST = 1 << 24;

  private final GraphBuilder to;
  private final Map<Value, KnownValue> known = new HashMap<>();

  /** Folds into a builder. */
  public ConstantFolding(GraphBuilder to) {
    this.to = to;
  }

  /** What is known of a value that came through here. */
  public KnownValue known(Value value) {
    return known.getOrDefault(value, KnownValue.nothing());
  }

  /** A node of a name, or what it is known to make. */
  public List<Value> add(String name, Op op, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    List<KnownValue> knowns = in.stream().map(this::known).toList();
    Optional<List<Value>> computed = computed(op, in, knowns);
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
    Value value = to.constant(tensor);
    return remember(value, new KnownValue.Exact(tensor, value.name()));
  }

  /** A constant of a name. */
  public Value constant(String name, Tensor tensor) {
    Value value = to.constant(name, tensor);
    return remember(value, new KnownValue.Exact(tensor, value.name()));
  }

  private Value computed(Tensor weight) {
    Value value = to.computed(weight);
    return remember(value, new KnownValue.Exact(weight, value.name()));
  }

  @Override
  public Value parameter(Parameter weight) {
    Value value = to.parameter(weight);
    KnownValue what = new KnownValue.Exact(weight.tensor(), weight.name(), weight.origin());
    return remember(value, what);
  }

  private Value remember(Value value, KnownValue what) {
    known.put(value, what);
    return value;
  }

  @Override
  public Type type(Value value) {
    return value.type();
  }

  private Optional<List<Value>> computed(Op op, List<Value> values, List<KnownValue> knowns) {
    List<Type> types = values.stream().map(Value::type).toList();
    Optional<KnownValue.Sizes> sizes = sizes(op, types, knowns);
    if (sizes.isPresent() && sizes.get().elements().stream().allMatch(Dim::isFixed)) {
      long[] numbers = sizes.get().elements().stream().mapToLong(Dim::value).toArray();
      DType dtype = op.infer(types).get(0).dtype();
      return Optional.of(List.of(constant(Tensor.ofIntegers(sizes.get().shape(), dtype, numbers))));
    }
    boolean all = !knowns.isEmpty() && knowns.stream().allMatch(k -> k.tensor().isPresent());
    if (!all || isOpen(op, op.infer(types)) || tooLarge(op.infer(types), LARGEST)) {
      return Optional.empty();
    }
    List<RuntimeValue> in = new ArrayList<>();
    knowns.forEach(k -> in.add(k.tensor().orElseThrow()));
    List<RuntimeValue> out =
        new Interpreter().node(new Node(0, "", op.on(types), List.of(), List.of()), in);
    boolean tensors = out.stream().allMatch(d -> d instanceof Tensor);
    if (!tensors) {
      return Optional.empty();
    }
    boolean weights = values.stream().anyMatch(v -> to.parameterOf(v).isPresent());
    return Optional.of(
        out.stream().map(d -> result(op, values.get(0), d.tensor(), weights)).toList());
  }

  /** A computed constant; a weight that was only laid out anew is still that weight. */
  private Value result(Op op, Value first, Tensor tensor, boolean weights) {
    Parameter known = known(first).parameter().orElseThrow();
    Optional<Parameter> moved =
        op instanceof Permute permute
            ? Optional.of(known.permuted(permute.axes()))
            : op instanceof Reshape
                ? Optional.of(known.reshaped(tensor.shape()))
                : Optional.empty();
    if (moved.isEmpty()) {
      return weights && tensor.dtype().isFloat() ? computed(tensor) : constant(tensor);
    }
    if (to.parameterOf(first).isPresent()) {
      return parameter(moved.get());
    }
    Value value = to.constant(tensor);
    return remember(value, new KnownValue.Exact(tensor, known.name(), moved.get().origin()));
  }

  /** Whether the operator itself speaks of symbols, as an expansion to a free batch does. */
  private static boolean isOpen(Op op, List<Type> types) {
    return !(op instanceof RunOp)
        && types.stream().anyMatch(t -> t.isTensor() && !t.shape().isFixed());
  }

  private static boolean tooLarge(List<Type> types, int most) {
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
