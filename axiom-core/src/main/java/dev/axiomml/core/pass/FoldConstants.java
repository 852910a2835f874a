package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Rewrite;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Emitter;
import dev.axiomml.core.op.Known;
import dev.axiomml.core.op.Lowering;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes what is known before the graph runs: constants, integer shape arithmetic over symbolic
 * sizes, and simpler operators once some of their inputs are known.
 */
public final class FoldConstants extends Rewrite {
  private static final int LARGEST = 1 << 24;

  private final Map<Value, Known> known = new HashMap<>();

  private FoldConstants() {}

  /** The folded graph. */
  public static Graph apply(Graph graph) {
    return Rewrite.of(graph, new FoldConstants());
  }

  @Override
  public Value constant(Value at, Tensor tensor) {
    Value value = super.constant(at, tensor);
    known.put(value, new Known.Exact(tensor));
    return value;
  }

  @Override
  public List<Value> node(Node at, List<Value> in) {
    return fold(at.name(), at.op(), in);
  }

  private List<Value> fold(String name, Op op, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    List<Known> knowns = in.stream().map(this::known).toList();
    Optional<List<Value>> computed = computed(op, types, knowns);
    if (computed.isPresent()) {
      return computed.get();
    }
    Optional<Lowering> simpler = op.given(types, knowns);
    if (simpler.isPresent()) {
      return simpler.get().emit(new Below(name), in);
    }
    List<Value> out = to().add(name, op, in);
    sizes(op, types, knowns).ifPresent(sizes -> known.put(out.get(0), sizes));
    return out;
  }

  private Known known(Value value) {
    return known.getOrDefault(value, Known.nothing());
  }

  private Optional<List<Value>> computed(Op op, List<Type> types, List<Known> knowns) {
    Optional<Known.Sizes> sizes = sizes(op, types, knowns);
    if (sizes.isPresent() && sizes.get().elements().stream().allMatch(Dim::isFixed)) {
      long[] numbers = sizes.get().elements().stream().mapToLong(Dim::value).toArray();
      DType dtype = op.infer(types).get(0).dtype();
      return Optional.of(List.of(literal(Tensor.ofIntegers(sizes.get().shape(), dtype, numbers))));
    }
    boolean all = !knowns.isEmpty() && knowns.stream().allMatch(k -> k.tensor().isPresent());
    if (!all || tooLarge(op.infer(types))) {
      return Optional.empty();
    }
    List<Datum> in = new ArrayList<>();
    knowns.forEach(k -> in.add(k.tensor().orElseThrow()));
    List<Datum> out = new Interpreter().node(new Node(0, "", op, List.of(), List.of()), in);
    boolean tensors = out.stream().allMatch(d -> d instanceof Tensor);
    return tensors
        ? Optional.of(out.stream().map(d -> literal(d.tensor())).toList())
        : Optional.empty();
  }

  private static boolean tooLarge(List<Type> types) {
    return types.stream()
        .anyMatch(t -> t.isTensor() && t.shape().isFixed() && t.shape().volume().value() > LARGEST);
  }

  private Value literal(Tensor tensor) {
    Value value = to().constant(tensor);
    known.put(value, new Known.Exact(tensor));
    return value;
  }

  private static Optional<Known.Sizes> sizes(Op op, List<Type> types, List<Known> knowns) {
    if (op instanceof SizeOp size) {
      return size.sizes(types, knowns);
    }
    boolean all =
        op instanceof MoveOp
            && !knowns.isEmpty()
            && types.get(0).dtype().isInteger()
            && knowns.stream().allMatch(k -> k.sizes().isPresent());
    return all ? MovedSizes.of((MoveOp) op, types, knowns) : Optional.empty();
  }

  /**
   * Emits what an operator was lowered to, folding that too; the last node keeps the operator's
   * name.
   */
  private final class Below implements Emitter<Value> {
    private final String name;

    Below(String name) {
      this.name = name;
    }

    @Override
    public List<Value> emit(Op op, List<Value> in) {
      return fold(name, op, in);
    }

    @Override
    public Value constant(Tensor tensor) {
      return literal(tensor);
    }

    @Override
    public Type type(Value value) {
      return value.type();
    }
  }
}
