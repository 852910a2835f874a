package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The place of one operator in the file: its operands as they lie there, and what it writes. A
 * known operand is stored in the file when it is first asked for, in the order asked for.
 */
public final class WriteContext {
  private final OnnxPen pen;
  private final String name;
  private final List<WrittenValue> in;

  public WriteContext(OnnxPen pen, String name, List<WrittenValue> in) {
    this.pen = pen;
    this.name = name;
    this.in = List.copyOf(in);
  }

  /** The operands. */
  public List<String> in() {
    return in.stream().map(pen.laying()::id).toList();
  }

  /** One operand. */
  public String in(int i) {
    return pen.laying().id(in.get(i));
  }

  /** Whether there is such an operand. */
  public boolean has(int i) {
    return i < in.size();
  }

  /** How many operands there are. */
  public int operands() {
    return in.size();
  }

  /** The elements of an operand that is known. */
  public Optional<Tensor> known(int i) {
    return in.get(i).constant();
  }

  /** The elements of a weight that must be known. */
  public Tensor weight(int i) {
    return known(i)
        .orElseThrow(
            () ->
                refuse(
                    "weight " + i + " that is computed while the graph runs",
                    "ONNX's operator wants it in another arrangement"));
  }

  /** An operand, its axes in the file's order. */
  public String turned(int i, int... order) {
    WrittenValue value = in.get(i);
    if (value.constant().isPresent()) {
      return pen.weights().tensor(value.id(), value.constant().get().permute(order));
    }
    List<Integer> perm = Arrays.stream(order).boxed().toList();
    return one(OnnxCall.of("Transpose", value.id()).wholes("perm", perm));
  }

  /** A weight in another arrangement, under its name. */
  public String stored(int i, Tensor tensor) {
    return pen.weights().tensor(in.get(i).id(), tensor);
  }

  /** An operand, or as many equal numbers where there is none. */
  public String inOr(int i, Shape shape, double otherwise) {
    return has(i) ? in(i) : constant(Tensor.full(shape, (float) otherwise).to(dtype()));
  }

  /** The name of the graph's node. */
  String name() {
    return name;
  }

  /** The type of an operand as it lies in the file. */
  public Type type(int i) {
    return in.get(i).stored();
  }

  /** The shape of the first operand as it lies in the file. */
  public Shape shape() {
    return type(0).shape();
  }

  public int rank() {
    return shape().rank();
  }

  /** The element type of the first operand. */
  public DType dtype() {
    return type(0).dtype();
  }

  public int opset() {
    return pen.sheet().opset();
  }

  /** Says that a domain is written in a version; answers the version that was said first. */
  public int uses(String domain, int version) {
    return pen.sheet().uses(domain, version);
  }

  /** The only result of a node. */
  public String one(OnnxCall call) {
    return pen.sheet().one(name, call);
  }

  /** The only result of a node without settings. */
  public String one(String type, String... operands) {
    return one(OnnxCall.of(type, operands));
  }

  /** The only result, as the answer of a rule. */
  public List<String> answer(OnnxCall call) {
    return List.of(one(call));
  }

  /** The only result of a node without settings, as the answer of a rule. */
  public List<String> answer(String type, String... operands) {
    return List.of(one(type, operands));
  }

  /** All results of a node. */
  public List<String> all(OnnxCall call, int results) {
    return pen.sheet().add(name, call, results);
  }

  /** A tensor that belongs to this node. */
  public String own(String what, Tensor tensor) {
    return pen.weights().tensor(name + "." + what, tensor);
  }

  /** A tensor without a name. */
  public String constant(Tensor tensor) {
    return pen.weights().constant(tensor);
  }

  /** One number of the first operand's element type. */
  public String number(double value) {
    return constant(
        dtype().isFloat()
            ? Tensor.ofDoubles(Shape.SCALAR, dtype(), value)
            : Tensor.ofIntegers(Shape.SCALAR, dtype(), (long) value));
  }

  /** A list of int64. */
  public String longs(List<Integer> values) {
    return constant(AxisLaying.longs(values));
  }

  /** A list of one int64. */
  public String listed(long value) {
    return constant(Tensor.ofLongs(Shape.of(1), value));
  }

  /** Neighbouring positions of an axis; negative ones count from the end. */
  public String part(String value, int axis, int from, int to) {
    return one("Slice", value, listed(from), listed(to), listed(axis));
  }

  /** Sizes that may be symbolic, as a list of int64. */
  public String sizes(List<Dim> dims) {
    return pen.sizes().list(dims);
  }

  /** A value as int64, which it may be already. */
  public String int64(int i) {
    return type(i).dtype() == DType.INT64 ? in(i) : cast(in(i), DType.INT64);
  }

  /** A value in another element type. */
  public String cast(String value, DType to) {
    return one(casting(value, to));
  }

  /** The conversion to another element type. */
  public OnnxCall casting(String value, DType to) {
    return OnnxCall.of("Cast", value).whole("to", OnnxElementTypes.number(to));
  }

  /** A tensor as a setting. */
  public OnnxCall with(OnnxCall call, String setting, Tensor tensor) {
    return call.tensor(setting, OnnxPen.inline(tensor));
  }

  public UnwritableNode refuse(String what, String why) {
    return new UnwritableNode(what, why, "take the operator out, or put it together from others");
  }
}
