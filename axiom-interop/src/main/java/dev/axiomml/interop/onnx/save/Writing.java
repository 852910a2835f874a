package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.Emitter;
import dev.axiomml.core.op.Lowering;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Permute;
import dev.axiomml.core.op.Relaid;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.Orders;
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
final class Writing implements Meaning<Written> {
  private final Pen pen;
  private final Refusals refusals;

  Writing(Pen pen, Refusals refusals) {
    this.pen = pen;
    this.refusals = refusals;
  }

  @Override
  public Written constant(Value at, Tensor tensor) {
    return new Written(
        at.name(), Orders.rising(tensor.shape().rank()), tensor.type(), Optional.of(tensor));
  }

  @Override
  public List<Written> node(Node at, List<Written> in) {
    try {
      List<Written> out = put(at.name(), at.op(), in);
      for (int i = 0; i < out.size(); i++) {
        pen.sheet().title(out.get(i).id(), at.out().get(i).name(), at.name());
        pen.sizes().learn(out.get(i));
      }
      return out;
    } catch (Unwritable e) {
      refusals.add(at.name(), e);
      return at.out().stream().map(v -> Written.plain(pen.sheet().id(), v.type())).toList();
    }
  }

  private List<Written> put(String name, Op op, List<Written> in) {
    if (op instanceof Permute permute) {
      return List.of(permuted(in.get(0), permute));
    }
    if (op instanceof Dropout) {
      return List.of(in.get(0));
    }
    if (op instanceof Original original) {
      List<Written> plain = in.stream().map(pen.laying()::plain).toList();
      return written(op, Originals.ROW, place(name, plain), original.types());
    }
    Optional<Row<Op>> row = Rows.of(op);
    return row.isPresent() ? row(name, op, in, row.get()) : parts(name, op, in);
  }

  private List<Written> row(String name, Op op, List<Written> in, Row<Op> row) {
    return switch (row.lie()) {
      case ANY, FLAT -> anyhow(name, op, in, row);
      case CHANNELS_FIRST -> channelsFirst(name, op, in, row);
      case STEPS_FIRST -> stepsFirst(name, op, in, row);
    };
  }

  private static Written permuted(Written x, Permute permute) {
    List<Integer> order = x.order().stream().map(permute.order()::indexOf).toList();
    Type type = Type.of(x.type().shape().permuted(permute.axes()), x.type().dtype());
    return new Written(x.id(), order, type, x.constant());
  }

  private List<Written> anyhow(String name, Op op, List<Written> in, Row<Op> row) {
    Optional<Written> leader =
        in.stream().filter(x -> !x.isPlain() && x.constant().isEmpty()).findFirst();
    Optional<Relaid> relaid = leader.flatMap(x -> relaid(op, in, x));
    if (relaid.isPresent()) {
      List<Written> laid = in.stream().map(x -> beside(x, leader.get().order())).toList();
      List<Integer> order = Arrays.stream(relaid.get().order()).boxed().toList();
      return lying(written(relaid.get().op(), row, place(name, laid), types(op, in)), order);
    }
    boolean flat = row.lie() == Row.Lie.FLAT && Laying.flat(in.get(0));
    List<Written> plain = flat ? in : in.stream().map(pen.laying()::plain).toList();
    return written(op, row, place(name, plain), types(op, in));
  }

  private Written beside(Written x, List<Integer> order) {
    return x.type().isTensor() ? pen.laying().beside(x, order) : x;
  }

  private static Optional<Relaid> relaid(Op op, List<Written> in, Written leader) {
    boolean liftable = in.stream().allMatch(x -> x.order().size() <= leader.order().size());
    return liftable
        ? op.relaid(in.stream().map(Written::type).toList(), leader.axes())
        : Optional.empty();
  }

  private List<Written> channelsFirst(String name, Op op, List<Written> in, Row<Op> row) {
    List<Written> laid = firstLaid(in, first(in.get(0).type()));
    return written(op, row, place(name, laid), types(op, in)).stream()
        .map(y -> y.moved(y.id(), first(y.type())))
        .toList();
  }

  private static List<Integer> first(Type type) {
    int rank = type.shape().rank();
    return rank < 3 ? Orders.rising(rank) : Orders.toChannelsFirst(rank);
  }

  private List<Written> stepsFirst(String name, Op op, List<Written> in, Row<Op> row) {
    List<Integer> order = List.of(1, 0, 2);
    List<Written> laid = firstLaid(in, order);
    List<Written> out = new ArrayList<>(written(op, row, place(name, laid), types(op, in)));
    out.set(0, out.get(0).moved(out.get(0).id(), order));
    return out;
  }

  /** The first operand in an order, the others in their own. */
  private List<Written> firstLaid(List<Written> in, List<Integer> order) {
    List<Written> laid = new ArrayList<>(in.stream().skip(1).map(pen.laying()::plain).toList());
    laid.add(0, pen.laying().laid(in.get(0), order));
    return laid;
  }

  private Spot place(String name, List<Written> laid) {
    List<String> ids = laid.stream().map(pen.laying()::id).toList();
    return new Spot(pen, name, ids, laid.stream().map(Written::stored).toList());
  }

  private static List<Type> types(Op op, List<Written> in) {
    return op.infer(in.stream().map(Written::type).toList());
  }

  private static List<Written> written(Op op, Row<Op> row, Spot at, List<Type> types) {
    List<String> ids = row.rule().write(op, at);
    List<Written> out = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      out.add(Written.plain(ids.get(i), types.get(i)));
    }
    return out;
  }

  private static List<Written> lying(List<Written> values, List<Integer> order) {
    return values.stream().map(x -> x.moved(x.id(), order)).toList();
  }

  /** An operator without a row is written as its parts, if it has any. */
  private List<Written> parts(String name, Op op, List<Written> in) {
    List<Type> types = in.stream().map(Written::type).toList();
    Optional<Lowering> parts =
        op instanceof Composite composite ? composite.parts(types) : Optional.empty();
    return parts
        .orElseThrow(
            () ->
                new Unwritable(
                    op.title(),
                    "ONNX has no operator for it, and it has no parts",
                    "take it out of the model, or put it together from other operators"))
        .emit(new Parts(name), in);
  }

  /** Writes the parts of an operator one after another. */
  private final class Parts implements Emitter<Written> {
    private final String name;

    Parts(String name) {
      this.name = name;
    }

    @Override
    public List<Written> emit(Op op, List<Written> in) {
      return put(name, op, in);
    }

    @Override
    public Written constant(Tensor tensor) {
      String id = pen.weights().constant(tensor);
      return Written.plain(id, tensor.type());
    }

    @Override
    public Type type(Written value) {
      return value.type();
    }
  }
}
