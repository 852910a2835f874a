package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.OpenSizeException;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.SpatialValues;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.NodeScope;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.RuleTable;
import dev.axiomml.interop.onnx.node.SequenceValues;
import dev.axiomml.interop.onnx.node.SignatureCheck;
import dev.axiomml.interop.onnx.proto.FunctionProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A graph of a file being emitted as core operators; subgraphs see the names of those around them.
 */
public final class OnnxGraphImport implements NodeScope {
  private final OnnxFile file;
  private final RuleTable rules;
  private final Map<String, Integer> opsets;
  private final ConstantFolding folding;
  private final SpatialValues spatial;
  private final SequenceValues bundles;
  private final Optional<OnnxGraphImport> around;
  private final Map<String, Value> values = new HashMap<>();
  private GraphProto graph = GraphProto.getDefaultInstance();
  private DeclaredTypes declared = new DeclaredTypes(graph);

  private OnnxGraphImport(
      OnnxGraphImport like, Map<String, Integer> opsets, Optional<OnnxGraphImport> around) {
    this.file = like.file;
    this.rules = like.rules;
    this.opsets = opsets;
    this.folding = like.folding;
    this.spatial = like.spatial;
    this.bundles = like.bundles;
    this.around = around;
  }

  private OnnxGraphImport(
      OnnxFile file, RuleTable rules, ConstantFolding folding, SpatialValues spatial) {
    this.file = file;
    this.rules = rules;
    this.opsets = file.opsets();
    this.folding = folding;
    this.spatial = spatial;
    this.bundles = new SequenceValues(folding);
    this.around = Optional.empty();
  }

  /** At the outermost level of a file. */
  public static OnnxGraphImport of(
      OnnxFile file, RuleTable rules, ConstantFolding folding, SpatialValues spatial) {
    return new OnnxGraphImport(file, rules, folding, spatial);
  }

  /** For a node of a file by itself, with the operator sets that it speaks. */
  static OnnxGraphImport alone(ProgramNode node, ConstantFolding folding) {
    OnnxGraphImport file = of(node.file(), node.rules(), folding, new SpatialValues());
    return new OnnxGraphImport(file, node.opsets(), Optional.empty());
  }

  /** Inside of a subgraph. */
  OnnxGraphImport inside() {
    return new OnnxGraphImport(this, opsets, Optional.of(this));
  }

  @Override
  public OnnxFile file() {
    return file;
  }

  @Override
  public RuleTable rules() {
    return rules;
  }

  @Override
  public ConstantFolding folding() {
    return folding;
  }

  @Override
  public SpatialValues spatial() {
    return spatial;
  }

  @Override
  public SequenceValues bundles() {
    return bundles;
  }

  @Override
  public Map<String, Integer> opsets() {
    return opsets;
  }

  /** Gives a name its only value in this graph. */
  public void bind(String name, Value value) {
    if (values.putIfAbsent(name, value) != null) {
      throw twice(name);
    }
  }

  private ModelImportException twice(String name) {
    return OnnxFile.bad(
        file.path(),
        "value \"" + name + "\" is defined twice",
        "a name stands for one value: of one node, one input or one initializer",
        "give each result a name of its own, and check the file with onnx.checker");
  }

  @Override
  public Optional<Value> find(String name) {
    Value here = values.get(name);
    return here != null ? Optional.of(here) : around.flatMap(outer -> outer.find(name));
  }

  /** A name that must have a value. */
  public Value required(String name) {
    return find(name).orElseThrow(() -> missing("output", name));
  }

  @Override
  public DeclaredTypes declared() {
    return declared;
  }

  /** Runs through a graph's weights and nodes; its inputs are bound already. */
  public void body(GraphProto body) {
    this.graph = body;
    this.declared = new DeclaredTypes(body);
    Set<String> given = Set.copyOf(values.keySet());
    body.getInitializerList().stream()
        .filter(proto -> !given.contains(proto.getName()))
        .forEach(proto -> weight(proto.getName(), file.tensors().of(proto)));
    if (body.getSparseInitializerCount() > 0) {
      throw OnnxFile.bad(
          file.path(),
          body.getSparseInitializerCount() + " sparse initializers",
          "only dense weights are supported",
          "export the model with dense weights");
    }
    body.getNodeList().forEach(this::step);
  }

  private void weight(String name, Tensor tensor) {
    declared.check(file.path().toString(), name, tensor.type());
    Value value =
        tensor.dtype().isFloat()
            ? folding.parameter(Parameter.stored(name, tensor))
            : folding.constant(name, tensor);
    bind(name, value);
  }

  @Override
  public List<Value> subgraph(GraphProto body, List<Value> in) {
    OnnxGraphImport inner = inside();
    for (int i = 0; i < body.getInputCount(); i++) {
      inner.bind(body.getInput(i).getName(), in.get(i));
    }
    inner.body(body);
    return body.getOutputList().stream().map(ValueInfoProto::getName).map(inner::required).toList();
  }

  /** Puts a node down. */
  void step(NodeProto node) {
    Optional<FunctionProto> function = file.function(node);
    if (function.isPresent() && rules.of(node).isEmpty()) {
      call(node, function.get());
      return;
    }
    OnnxNodeContext site = new OnnxNodeContext(node, operands(node), this);
    bindAll(site, emitted(site));
  }

  private void bindAll(OnnxNodeContext site, List<Value> out) {
    NodeProto node = site.node();
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (!node.getOutput(i).isEmpty()) {
        Value value = result(site, out, i);
        define(site.place(), node.getOutput(i), value);
      }
    }
  }

  /** Binds a result of a node, which no graph around this one has a value for either. */
  private void define(String place, String name, Value value) {
    if (around.flatMap(outer -> outer.find(name)).isPresent()) {
      throw twice(name);
    }
    declared.check(place, name, value.type());
    bind(name, value);
  }

  private static Value result(OnnxNodeContext site, List<Value> out, int i) {
    if (i >= out.size()) {
      throw site.refuse("output " + i + " is not made", "this output is not supported");
    }
    return out.get(i);
  }

  private List<Value> emitted(OnnxNodeContext site) {
    try {
      StoredTypes.check(site);
      SignatureCheck.check(site);
      OnnxRule rule = rule(site);
      OnnxNodeContext fitted = OperandShapes.fitted(site);
      List<Value> out = rule.emit(fitted);
      SignatureCheck.stated(site);
      fitted.requireRead();
      return out;
    } catch (NotYet e) {
      return DeferredNodes.emit(site, e);
    } catch (OpenSizeException e) {
      return DeferredNodes.emit(site, new NotYet(misfit(site, e)));
    } catch (AxiomException e) {
      return refused(site, e instanceof ModelImportException m ? m : at(site, e));
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | NoSuchElementException
        | ArithmeticException
        | IllegalStateException e) {
      return refused(site, misfit(site, e));
    }
  }

  private static ModelImportException misfit(OnnxNodeContext site, RuntimeException e) {
    return new ModelImportException(
        site.refuse(
                site.op() + ": " + e.getMessage(),
                "its attributes, operands and their shapes must fit each other")
            .diagnosis(),
        e);
  }

  private static ModelImportException at(OnnxNodeContext site, AxiomException e) {
    return new ModelImportException(e.diagnosis().at(site.place()), e);
  }

  /** What is refused for free sizes may be right for the sizes that there will be. */
  private static List<Value> refused(OnnxNodeContext site, ModelImportException refusal) {
    if (!FreeOperands.mayRun(site)) {
      throw refusal;
    }
    return DeferredNodes.emit(site, new NotYet(refusal));
  }

  private OnnxRule rule(OnnxNodeContext site) {
    return rules
        .of(site.node())
        .orElseThrow(() -> site.refuse("unsupported operator " + site.op(), "there is no rule"));
  }

  private List<Optional<Value>> operands(NodeProto node) {
    List<Optional<Value>> in = new ArrayList<>();
    for (String name : node.getInputList()) {
      in.add(
          name.isEmpty()
              ? Optional.empty()
              : Optional.of(find(name).orElseThrow(() -> missing(place(node), name))));
    }
    return in;
  }

  private void call(NodeProto node, FunctionProto function) {
    OnnxGraphImport inner =
        new OnnxGraphImport(
            this, OnnxFile.versions(function.getOpsetImportList()), Optional.empty());
    List<Optional<Value>> in = operands(node);
    for (int i = 0; i < Math.min(in.size(), function.getInputCount()); i++) {
      String name = function.getInput(i);
      in.get(i).ifPresent(value -> inner.bind(name, value));
    }
    try {
      for (NodeProto inside : FunctionBodies.body(function, node)) {
        inner.step(absent(inside, function, inner));
      }
    } catch (NotYet e) {
      OnnxNodeContext site = new OnnxNodeContext(node, in, this);
      bindAll(site, DeferredNodes.emit(site, e));
      return;
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      define(place(node), node.getOutput(i), inner.required(function.getOutput(i)));
    }
  }

  /** Operands that the caller left out are left out inside too. */
  private static NodeProto absent(NodeProto node, FunctionProto function, OnnxGraphImport inner) {
    List<String> left = new ArrayList<>();
    for (String name : node.getInputList()) {
      boolean out = function.getInputList().contains(name) && inner.find(name).isEmpty();
      left.add(out ? "" : name);
    }
    return node.withInputs(left);
  }

  private ModelImportException missing(String what, String name) {
    boolean later =
        graph.getNodeList().stream().anyMatch(other -> other.getOutputList().contains(name));
    String why =
        later
            ? "nodes must be sorted so that each comes after those it reads; this one is in a cycle"
                + " or out of order"
            : "no node, input or initializer produces it";
    return OnnxFile.bad(
        file.path(),
        what + " reads undefined value \"" + name + "\"",
        why,
        "export the model again, or check it with onnx.checker");
  }

  @Override
  public String place(NodeProto node) {
    String named =
        node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName();
    int opset = opsets.getOrDefault(OnnxFile.domain(node), 1);
    return file.path() + " › " + node.getOpType() + " " + named + " (opset " + opset + ")";
  }
}
