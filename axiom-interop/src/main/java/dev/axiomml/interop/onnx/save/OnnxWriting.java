package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.save.node.AxisLaying;
import dev.axiomml.interop.onnx.save.node.OnnxPen;
import dev.axiomml.interop.onnx.save.node.OriginalNode;
import dev.axiomml.interop.onnx.save.node.UnwritableNode;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import dev.axiomml.interop.onnx.save.node.WrittenValue;
import dev.axiomml.interop.onnx.save.rules.WriteRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The reading that writes nodes.
 *
 * <p>A value is read as what lies in the file and the order in which its axes lie there. Permutes
 * change that order only; operators with a layout rule go on in it; a transpose is written where an
 * operator wants another.
 */
final class OnnxWriting implements GraphReading<WrittenValue> {
  private final OnnxPen pen;
  private final WriteRefusals refusals;

  OnnxWriting(OnnxPen pen, WriteRefusals refusals) {
    this.pen = pen;
    this.refusals = refusals;
  }

  @Override
  public WrittenValue constant(Value at, Tensor tensor) {
    return WrittenValue.weight(new Parameter(at.name(), tensor));
  }

  @Override
  public WrittenValue parameter(Value at, Parameter weight) {
    return WrittenValue.weight(weight);
  }

  @Override
  public List<WrittenValue> node(Node at, List<WrittenValue> in) {
    try {
      List<WrittenValue> out = put(at.name(), at.op(), in);
      for (int i = 0; i < out.size(); i++) {
        pen.sheet().title(out.get(i).id(), at.out().get(i).name(), at.name());
        pen.sizes().learn(out.get(i));
      }
      return out;
    } catch (UnwritableNode e) {
      refusals.add(at.name(), e);
      return at.out().stream().map(v -> WrittenValue.plain(pen.sheet().id(), v.type())).toList();
    }
  }

  private List<WrittenValue> put(String name, Op op, List<WrittenValue> in) {
    if (op instanceof Permute permute) {
      return List.of(permuted(in.get(0), permute));
    }
    if (op instanceof Dropout) {
      return List.of(in.get(0));
    }
    if (op instanceof OriginalNode original && original.isAlone()) {
      List<WrittenValue> plain = in.stream().map(pen.laying()::plain).toList();
      return written(op, OriginalNodes.ROW, place(name, plain), original.types());
    }
    Optional<WriteRule<Op>> row = WriteRules.of(op);
    return row.isPresent() ? row(name, op, in, row.get()) : parts(name, op, in);
  }

  private List<WrittenValue> row(String name, Op op, List<WrittenValue> in, WriteRule<Op> row) {
    return switch (row.lie()) {
      case ANY, FLAT -> anyhow(name, op, in, row);
      case CHANNELS_FIRST -> channelsFirst(name, op, in, row);
      case STEPS_FIRST -> stepsFirst(name, op, in, row);
    };
  }

  private static WrittenValue permuted(WrittenValue x, Permute permute) {
    List<Integer> order = x.order().stream().map(permute.order()::indexOf).toList();
    Type type = Type.of(x.type().shape().permuted(permute.axes()), x.type().dtype());
    return new WrittenValue(x.id(), order, type, x.constant());
  }

  private List<WrittenValue> anyhow(String name, Op op, List<WrittenValue> in, WriteRule<Op> row) {
    Optional<WrittenValue> leader =
        in.stream().filter(x -> !x.isPlain() && x.constant().isEmpty()).findFirst();
    Optional<ReorderedOp> relaid = leader.flatMap(x -> relaid(op, in, x));
    if (relaid.isPresent()) {
      List<Integer> found = leader.get().order();
      List<WrittenValue> laid =
          relaid.get().weighted()
              ? firstLaid(in, found)
              : in.stream().map(x -> beside(x, found)).toList();
      List<Integer> order = Arrays.stream(relaid.get().order()).boxed().toList();
      return lying(written(relaid.get().op(), row, place(name, laid), types(op, in)), order);
    }
    boolean flat = row.lie() == WriteRule.Lie.FLAT && AxisLaying.flat(in.get(0));
    List<WrittenValue> plain = flat ? in : in.stream().map(pen.laying()::plain).toList();
    return written(op, row, place(name, plain), types(op, in));
  }

  private WrittenValue beside(WrittenValue x, List<Integer> order) {
    return x.type().isTensor() ? pen.laying().beside(x, order) : x;
  }

  private static Optional<ReorderedOp> relaid(Op op, List<WrittenValue> in, WrittenValue leader) {
    boolean liftable = in.stream().allMatch(x -> x.order().size() <= leader.order().size());
    return op.relaid(in.stream().map(WrittenValue::type).toList(), leader.axes())
        .filter(rule -> rule.weighted() ? in.get(0).equals(leader) : liftable);
  }

  private List<WrittenValue> channelsFirst(
      String name, Op op, List<WrittenValue> in, WriteRule<Op> row) {
    List<WrittenValue> laid = firstLaid(in, first(in.get(0).type()));
    return written(op, row, place(name, laid), types(op, in)).stream()
        .map(y -> y.moved(y.id(), first(y.type())))
        .toList();
  }

  private static List<Integer> first(Type type) {
    int rank = type.shape().rank();
    return rank < 3 ? AxisOrders.rising(rank) : AxisOrders.toChannelsFirst(rank);
  }

  private List<WrittenValue> stepsFirst(
      String name, Op op, List<WrittenValue> in, WriteRule<Op> row) {
    List<Integer> order = List.of(1, 0, 2);
    List<WrittenValue> laid = firstLaid(in, order);
    List<WrittenValue> out = new ArrayList<>(written(op, row, place(name, laid), types(op, in)));
    out.set(0, out.get(0).moved(out.get(0).id(), order));
    return out;
  }

  /** The first operand in an order, the others in their own. */
  private List<WrittenValue> firstLaid(List<WrittenValue> in, List<Integer> order) {
    List<WrittenValue> laid =
        new ArrayList<>(in.stream().skip(1).map(pen.laying()::plain).toList());
    laid.add(0, pen.laying().laid(in.get(0), order));
    return laid;
  }

  private WriteContext place(String name, List<WrittenValue> laid) {
    return new WriteContext(pen, name, laid);
  }

  private static List<Type> types(Op op, List<WrittenValue> in) {
    return op.infer(in.stream().map(WrittenValue::type).toList());
  }

  private static List<WrittenValue> written(
      Op op, WriteRule<Op> row, WriteContext at, List<Type> types) {
    List<String> ids = row.rule().write(op, at);
    List<WrittenValue> out = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      out.add(WrittenValue.plain(ids.get(i), types.get(i)));
    }
    return out;
  }

  private static List<WrittenValue> lying(List<WrittenValue> values, List<Integer> order) {
    return values.stream().map(x -> x.moved(x.id(), order)).toList();
  }

  /** An operator without a row is written as its parts, if it has any. */
  private List<WrittenValue> parts(String name, Op op, List<WrittenValue> in) {
    List<Type> types = in.stream().map(WrittenValue::type).toList();
    Optional<OpLowering> parts =
        op instanceof Composite composite ? composite.parts(types) : Optional.empty();
    return parts
        .orElseThrow(
            () ->
                new UnwritableNode(
                    op.title(),
                    "ONNX has no operator for it, and it has no parts",
                    "take it out of the model, or put it together from other operators"))
        .emit(new Parts(name), in);
  }

  /** Writes the parts of an operator one after another. */
  private final class Parts implements OpEmitter<WrittenValue> {
    private final String name;

    Parts(String name) {
      this.name = name;
    }

    @Override
    public List<WrittenValue> emit(Op op, List<WrittenValue> in) {
      return put(name, op, in);
    }

    @Override
    public WrittenValue constant(Tensor tensor) {
      String id = pen.weights().constant(tensor);
      return WrittenValue.plain(id, tensor.type());
    }

    @Override
    public WrittenValue parameter(Parameter weight) {
      return WrittenValue.weight(weight);
    }

    @Override
    public Type type(WrittenValue value) {
      return value.type();
    }
  }
}
