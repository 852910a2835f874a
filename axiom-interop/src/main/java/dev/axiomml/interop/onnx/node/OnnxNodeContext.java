package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of a file while it is imported: its settings, its operands, and what is known of them. */
public final class OnnxNodeContext {
  private final NodeProto node;
  private final NodeAttributes attributes;
  private final int version;
  private final List<Optional<Value>> in;
  private final NodeScope importing;
  private final BitSet read = new BitSet();

  public OnnxNodeContext(NodeProto node, List<Optional<Value>> in, NodeScope importing) {
    this(node, in, importing, new NodeAttributes(node.getAttributeList()));
  }

  private OnnxNodeContext(
      NodeProto node, List<Optional<Value>> in, NodeScope importing, NodeAttributes attributes) {
    this.node = node;
    this.attributes = attributes;
    this.version = importing.opsets().getOrDefault(OnnxFile.domain(node), 1);
    this.in = List.copyOf(in);
    this.importing = importing;
  }

  public NodeProto node() {
    return node;
  }

  /** Another node in this one's place; the settings that are read there are read here. */
  public OnnxNodeContext borrowed(NodeProto other, List<Optional<Value>> operands) {
    return new OnnxNodeContext(
        other, operands, importing, attributes.sharing(other.getAttributeList()));
  }

  /** Refuses a node of which a setting or an operand was not asked for by the time it stands. */
  public void requireRead() {
    for (String name : attributes.unread()) {
      if (!IgnoredAttributes.has(op(), name) && !SignatureCheck.isUsual(this, name)) {
        throw refuse(
            "attribute " + name + " of " + op() + " is not read",
            "this form of " + op() + " has no use for it here, and nothing is left out in silence");
      }
    }
    for (int i = 0; i < in.size(); i++) {
      if (has(i) && !read.get(i) && !IgnoredAttributes.isTypeOnly(op(), i)) {
        throw refuse(
            "operand " + i + " of " + op() + " is not read",
            "this form of " + op() + " has no use for it here, and nothing is left out in silence");
      }
    }
  }

  /** Where it is, for messages. */
  public String place() {
    return importing.place(node);
  }

  /** A name for sizes that are known only while the graph runs. */
  public String symbol() {
    return DeclaredTypes.symbol(node.getOutput(0).isEmpty() ? op() : node.getOutput(0));
  }

  public String op() {
    return node.getOpType();
  }

  /** The name of the node, or of its first output. */
  public String name() {
    return node.getName().isEmpty() ? op().toLowerCase(java.util.Locale.ROOT) : node.getName();
  }

  /** The version of the operator set that the file was written for. */
  public int version() {
    return version;
  }

  public NodeAttributes attributes() {
    return attributes;
  }

  public int operands() {
    return in.size();
  }

  public int results() {
    return node.getOutputCount();
  }

  /** Whether an output is read by anybody. */
  public boolean wants(int i) {
    return i < node.getOutputCount() && !node.getOutput(i).isEmpty();
  }

  public boolean has(int i) {
    return i < in.size() && in.get(i).isPresent();
  }

  /** An operand that may be left out. */
  public Optional<Value> any(int i) {
    return has(i) ? Optional.of(in(i)) : Optional.empty();
  }

  /** An operand that must be there. */
  public Value in(int i) {
    read.set(i);
    return operand(i);
  }

  /** An operand that must be there and is looked at for its type only. */
  public Value operand(int i) {
    if (!has(i)) {
      throw refuse("operand " + i + " is missing", op() + " needs it");
    }
    return in.get(i).orElseThrow();
  }

  /** All operands that are given. */
  public List<Value> all() {
    read.set(0, in.size());
    return in.stream().flatMap(Optional::stream).toList();
  }

  public Shape shape(int i) {
    return operand(i).type().shape();
  }

  public DType dtype(int i) {
    return operand(i).type().dtype();
  }

  public int rank(int i) {
    return shape(i).rank();
  }

  public KnownValue known(int i) {
    return has(i) ? folding().known(in(i)) : KnownValue.nothing();
  }

  /** Whether an operand is known before the graph runs; this looks at no number. */
  public boolean isKnown(int i) {
    return known(i).isKnown();
  }

  public Optional<Tensor> tensor(int i) {
    return known(i).tensor();
  }

  /** An operand that must be known before the node can be emitted. */
  public Tensor require(int i) {
    in(i);
    return tensor(i).orElseThrow(() -> notYet(i, "here it must be a constant"));
  }

  /** The only result of an operator on a value and weights of this node's own. */
  public Value weighted(Op op, Value x, Parameter... weights) {
    List<Value> in = new ArrayList<>(List.of(x));
    Arrays.stream(weights).map(folding()::parameter).forEach(in::add);
    return emitAll(op, in).get(0);
  }

  /** Operands of this node by number, those that are there. */
  public Value[] present(int... operands) {
    return Arrays.stream(operands).filter(this::has).mapToObj(this::in).toArray(Value[]::new);
  }

  /** An operand that must be known, whatever its numbers are. */
  public Value weight(int i) {
    Value value = in(i);
    if (!isKnown(i)) {
      throw notYet(i, "a weight must be a constant");
    }
    return value;
  }

  /** An operand of sizes, symbolic ones included, that must be known. */
  public List<Dim> sizes(int i) {
    in(i);
    return known(i)
        .sizes()
        .orElseThrow(() -> notYet(i, "sizes must follow from the inputs' shapes"));
  }

  private NotYet notYet(int i, String why) {
    return later("operand " + i + " of " + op() + " is computed while the graph runs", why);
  }

  /** The node must wait until it runs. */
  public NotYet later(String what, String why) {
    return new NotYet(refuse(what, why));
  }

  /** Refuses a list of another length. */
  public void requireLength(int i, int length) {
    if (!shape(i).matches(Shape.of(length))) {
      throw refuse(
          "operand " + i + " of " + op() + " of the shape " + shape(i),
          "it has one number for each, here " + length);
    }
  }

  /** Whole numbers that are an operand in newer versions and an attribute in older ones. */
  public Optional<List<Integer>> integers(String attribute, int operand) {
    Optional<List<Integer>> stated = attributes.integers(attribute);
    return stated.isPresent() || !has(operand) ? stated : Optional.of(ints(require(operand)));
  }

  public static List<Integer> ints(Tensor tensor) {
    return java.util.Arrays.stream(tensor.toLongs()).mapToObj(Math::toIntExact).toList();
  }

  public ConstantFolding folding() {
    return importing.folding();
  }

  public NodeScope importing() {
    return importing;
  }

  /** The only result of an operator, named after this node. */
  public Value emit(Op op, Value... operands) {
    return folding().add(name(), op, List.of(operands)).get(0);
  }

  /** The only result of an operator that stands before or behind the node's own. */
  public Value beside(String what, Op op, Value... operands) {
    return folding().add(name() + "." + what, op, List.of(operands)).get(0);
  }

  /** All results of an operator, named after this node. */
  public List<Value> emitAll(Op op, List<Value> operands) {
    return folding().add(name(), op, operands);
  }

  public Value constant(Tensor tensor) {
    return folding().constant(tensor);
  }

  /** One number of an element type. */
  public Value scalar(DType dtype, double number) {
    return constant(
        dtype.isFloat()
            ? Tensor.ofDoubles(Shape.SCALAR, dtype, number)
            : Tensor.ofIntegers(Shape.SCALAR, dtype, (long) number));
  }

  /** Whole numbers as a constant list. */
  public Value longs(List<Integer> numbers) {
    long[] values = numbers.stream().mapToLong(Integer::longValue).toArray();
    return constant(Tensor.ofLongs(Shape.of(values.length), values));
  }

  /**
   * Something computed outside of the core, which has no bound and no gradient; what it must read
   * of the settings on its first run is what was not read until now.
   */
  public List<Value> run(List<Type> types, RunOnlyOp.Body body) {
    List<Boolean> present = in.stream().map(Optional::isPresent).toList();
    Set<String> left = attributes.unread();
    left.removeIf(name -> IgnoredAttributes.has(op(), name));
    attributes.pass(left.toArray(String[]::new));
    return emitAll(new RunOnlyOp(node, version, body, present, types), all());
  }

  public ModelImportException refuse(String what, String why) {
    return new ModelImportException(
        new Diagnosis(
            what,
            importing.place(node),
            why,
            "export the model with another opset, or ask for this form of " + op()));
  }
}
