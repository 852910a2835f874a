package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One call on its way into the graph: its arguments by name, and where to put operators. */
public final class AtenCall {
  private final CallScope assembly;
  private final AtenStep step;
  private final BoundArguments arguments;

  public AtenCall(CallScope assembly, AtenStep step, BoundArguments arguments) {
    this.assembly = assembly;
    this.step = step;
    this.arguments = arguments;
  }

  public AtenStep step() {
    return step;
  }

  /** An argument, names in it replaced by what they stand for. */
  public AtenItem item(String name) {
    return assembly.resolved(arguments.item(name));
  }

  /** Takes note of arguments that change nothing, given what the others say. */
  public void skip(String... names) {
    for (String name : names) {
      arguments.item(name);
    }
  }

  public boolean given(String name) {
    return !(item(name) instanceof AtenItem.Nothing);
  }

  /**
   * Whether a size is 1. A file that states the types of its values has said that a free one is
   * not; of any other the number is asked for.
   */
  public boolean isOne(Dim size) {
    boolean said = !size.isFixed() && step.results().stream().allMatch(assembly::isStated);
    return !said && size.value() == 1;
  }

  /** Whether an argument is a tensor. */
  public boolean isTensor(String name) {
    return item(name) instanceof AtenItem.Flow || item(name) instanceof AtenItem.Weight;
  }

  /** A tensor; weights become constants. */
  public Value tensor(String name) {
    return assembly.value(item(name), "argument " + name);
  }

  public Value value(AtenItem item, String name) {
    return assembly.value(item, "argument " + name);
  }

  /** A list of tensors. */
  public List<Value> tensors(String name) {
    return items(name).stream().map(item -> assembly.value(item, "argument " + name)).toList();
  }

  /** The elements of a list or tuple; a single item is a list of one. */
  public List<AtenItem> items(String name) {
    AtenItem item = item(name);
    if (item instanceof AtenItem.Many many) {
      return many.items();
    }
    return item instanceof AtenItem.Nothing ? List.of() : List.of(item);
  }

  public Dim size(String name) {
    return size(item(name), name);
  }

  private static Dim size(AtenItem item, String name) {
    if (item instanceof AtenItem.Size size) {
      return size.dim();
    }
    throw new IllegalArgumentException("argument " + name + " must be an integer, got " + item);
  }

  public List<Dim> sizes(String name) {
    return items(name).stream().map(item -> size(item, name)).toList();
  }

  public int whole(String name) {
    return Math.toIntExact(size(name).value());
  }

  public List<Integer> wholes(String name) {
    return sizes(name).stream().map(dim -> Math.toIntExact(dim.value())).toList();
  }

  /** One integer an axis; a single one stands for all. */
  public List<Integer> wholes(String name, int axes) {
    List<Integer> listed = wholes(name);
    return listed.size() == 1 ? Collections.nCopies(axes, listed.get(0)) : listed;
  }

  public double number(String name) {
    return number(item(name), name);
  }

  public static double number(AtenItem item, String name) {
    if (item instanceof AtenItem.Flag flag) {
      return flag.value() ? 1 : 0;
    }
    return item instanceof AtenItem.Real number ? number.value() : size(item, name).value();
  }

  /** Whether the operator's row has a parameter of that name. */
  public boolean knows(String name) {
    return arguments.spells(name);
  }

  public boolean flag(String name) {
    AtenItem item = item(name);
    return item instanceof AtenItem.Flag flag ? flag.value() : size(item, name).value() != 0;
  }

  /** Whether an argument is given and true. */
  public boolean isSet(String name) {
    return given(name) && flag(name);
  }

  public String text(String name) {
    return item(name) instanceof AtenItem.Text text ? text.value() : "";
  }

  /** An element type; TorchScript writes its number. */
  public Optional<DType> dtype(String name) {
    AtenItem item = item(name);
    if (item instanceof AtenItem.Size size) {
      return Optional.of(ScriptScalarTypes.of(size.dim().value()));
    }
    return item instanceof AtenItem.Element e ? Optional.of(e.dtype()) : Optional.empty();
  }

  /** The axis that an argument names, counted from the front. */
  public int axis(String name, Value of) {
    return of.type().shape().axis(whole(name));
  }

  /** An operator with one result, named after the step. */
  public Value emit(Op op, Value... in) {
    return emitAll(op, Arrays.asList(in)).get(0);
  }

  /** An operator on a value and those of some arguments that are given: its weights. */
  public Value weighted(Op op, Value x, String... weights) {
    List<Value> in = new ArrayList<>(List.of(x));
    Arrays.stream(weights).filter(this::given).map(this::tensor).forEach(in::add);
    return emitAll(op, in).get(0);
  }

  public List<Value> emitAll(Op op, List<Value> in) {
    boolean moves = op instanceof MoveOp;
    String name = moves ? step.path() + "." + op.title().toLowerCase(Locale.ROOT) : step.path();
    return assembly.emit(name, IntegerOps.fitting(op, in), in);
  }

  /** What is known of a value before the graph runs. */
  public KnownValue known(Value value) {
    return assembly.known(value);
  }

  /** Whether a value is known to be zeros only; weights that are so stay so. */
  public boolean isZero(Value value) {
    Value source = new ValueOrigins(assembly.builder()).expanded(value);
    boolean zero =
        assembly
            .tried(source)
            .filter(tensor -> Arrays.stream(tensor.toDoubles()).allMatch(x -> x == 0))
            .isPresent();
    return zero && known(source).tensor().isPresent();
  }

  /** Whether a value is 0, 1, 2, … as far as a free axis goes. */
  public boolean counts(Value value) {
    return new ValueOrigins(assembly.builder()).counts(value);
  }

  public Value constant(Tensor tensor) {
    return assembly.constant(tensor);
  }

  /** A number as a constant of an element type; as a truth every one but zero is true. */
  public Value constant(double value, DType dtype) {
    long whole = dtype == DType.BOOL ? (value == 0 ? 0 : 1) : (long) value;
    return constant(
        dtype.isFloat()
            ? Tensor.ofDoubles(Shape.SCALAR, dtype, value)
            : Tensor.ofIntegers(Shape.SCALAR, dtype, whole));
  }

  /**
   * A step on images, volumes or signals: what {@code op} gets and gives is channels-last, what
   * comes and goes is (N, C, spatial…), or (C, spatial…) for one sample.
   */
  public Value spatial(String name, int axes, UnaryOperator<Value> op) {
    Value x = tensor(name);
    boolean single = x.type().shape().rank() == axes + 1;
    Value batched = single ? inserted(x, 0) : x;
    Value y = channelsFirst(op.apply(channelsLast(batched)));
    return single ? removed(y, 0) : y;
  }

  private Value channelsLast(Value x) {
    int rank = x.type().shape().rank();
    if (rank < 3) {
      return x;
    }
    assembly.spatial().takes(x);
    return emit(new Permute(AxisOrders.toChannelsLast(rank)), x);
  }

  private Value channelsFirst(Value y) {
    int rank = y.type().shape().rank();
    if (rank < 3) {
      return y;
    }
    Value first = emit(new Permute(AxisOrders.toChannelsFirst(rank)), y);
    assembly.spatial().makes(first);
    return first;
  }

  public Value reshaped(Value x, List<Dim> dims) {
    Shape shape = new Shape(dims);
    return x.type().shape().equals(shape) ? x : emit(new Reshape(shape), x);
  }

  /** Axes of one element made as large as a shape has them. */
  public Value expanded(Value x, Shape shape) {
    return x.type().shape().equals(shape) ? x : emit(new Expand(shape), x);
  }

  public Value permuted(Value x, List<Integer> order) {
    boolean same = order.equals(IntStream.range(0, order.size()).boxed().toList());
    return same ? x : emit(new Permute(order), x);
  }

  /** With a new axis of one element. */
  public Value inserted(Value x, int axis) {
    List<Dim> dims = new ArrayList<>(x.type().shape().dims());
    dims.add(axis, Dim.ONE);
    return reshaped(x, dims);
  }

  /** Without an axis of one element. */
  public Value removed(Value x, int axis) {
    List<Dim> dims = new ArrayList<>(x.type().shape().dims());
    dims.remove(axis);
    return reshaped(x, dims);
  }

  /** Where errors about this call happen. */
  public String place() {
    return "node " + step.path() + " (" + step.target().text() + ")";
  }

  /** Refuses a call whose result is random. */
  public void requireSure(boolean sure, String what) {
    if (!sure) {
      throw refused(
          what,
          "what is drawn at random has no value that could be computed again",
          "call model.eval() before the export");
    }
  }

  public ModelImportException refused(String what, String why, String fix) {
    return new ModelImportException(new Diagnosis(what, place(), why, fix));
  }
}
