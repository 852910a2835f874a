package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.OpenSizeException;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.node.NodeScope;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Nodes that cannot be emitted before the graph runs: what they take and what they answer. */
final class DeferredNodes {
  /** Operators whose floats decide about shapes. */
  private static final Set<String> SHAPED_BY_FLOATS = Set.of("Resize", "Upsample", "Range");

  private DeferredNodes() {}

  /** The node as an operator that waits; refused where its results have no known type. */
  static List<Value> emit(OnnxNodeContext site, NotYet why) {
    NodeProto node = site.node();
    Map<String, Value> operands = operands(site);
    boolean ready =
        operands.values().stream().allMatch(value -> site.importing().bundles().isKnown(value));
    if (ready) {
      throw why.refusal();
    }
    ProgramNode call = ProgramNode.of(site);
    List<Type> types = types(site, call.outputs()).orElseThrow(() -> why);
    List<String> known = new ArrayList<>(operands.keySet());
    known.removeIf(name -> !isKnown(site, Objects.requireNonNull(operands.get(name))));
    DeferredSettings late =
        new DeferredSettings(call, List.copyOf(operands.keySet()), known, types, new NodeStages());
    List<Value> out = site.emitAll(late, List.copyOf(operands.values()));
    List<Value> all = new ArrayList<>();
    int next = 0;
    for (String name : node.getOutputList()) {
      all.add(name.isEmpty() ? out.get(0) : out.get(next++));
    }
    return all;
  }

  /** What a node takes, by name: its operands, then what its subgraphs take from around it. */
  static Map<String, Value> operands(OnnxNodeContext site) {
    Map<String, Value> operands = new LinkedHashMap<>();
    for (String name : site.node().getInputList()) {
      site.importing().find(name).ifPresent(value -> operands.put(name, value));
    }
    captured(site.node(), site.importing(), operands);
    return operands;
  }

  private static boolean isKnown(OnnxNodeContext site, Value value) {
    return site.folding().known(value).isKnown();
  }

  /** What the subgraphs of a node take from around them. */
  static void captured(NodeProto node, NodeScope around, Map<String, Value> operands) {
    node.getAttributeList().stream()
        .flatMap(attribute -> graphs(attribute).stream())
        .forEach(graph -> captured(graph, around, operands));
  }

  private static void captured(GraphProto graph, NodeScope around, Map<String, Value> operands) {
    graph.getOutputList().forEach(o -> take(o.getName(), around, operands));
    for (NodeProto inner : graph.getNodeList()) {
      inner.getInputList().forEach(name -> take(name, around, operands));
      captured(inner, around, operands);
    }
  }

  private static void take(String name, NodeScope around, Map<String, Value> operands) {
    around.find(name).ifPresent(value -> operands.put(name, value));
  }

  private static List<GraphProto> graphs(AttributeProto attribute) {
    return attribute.hasG() ? List.of(attribute.getG()) : attribute.getGraphsList();
  }

  private static Optional<List<Type>> types(OnnxNodeContext site, List<String> made) {
    DeclaredTypes declared = site.importing().declared();
    List<Type> types = made.stream().map(declared::of).flatMap(Optional::stream).toList();
    if (types.size() == made.size()) {
      return Optional.of(types);
    }
    return probed(site).or(() -> ranked(site)).or(() -> OpenTypes.of(site, made.size()));
  }

  private static Optional<List<Type>> ranked(OnnxNodeContext site) {
    try {
      return DeferredTypes.types(site);
    } catch (OpenSizeException open) {
      return Optional.empty(); // of an operand not even the number of axes is known
    }
  }

  /** Weights decide about shapes by their own shapes only: zeros in their place tell. */
  private static Optional<List<Type>> probed(OnnxNodeContext site) {
    ConstantFolding trial = new ConstantFolding(Graph.builder());
    OnnxGraphImport importing = OnnxGraphImport.alone(ProgramNode.of(site), trial);
    for (String name : site.node().getInputList()) {
      Optional<Value> value = site.importing().find(name);
      Optional<Tensor> stand = value.flatMap(v -> standIn(site, v));
      if (value.isPresent() && stand.isEmpty()) {
        return Optional.empty();
      }
      stand.ifPresent(tensor -> importing.bind(name, trial.constant(name, tensor)));
    }
    try {
      importing.step(site.node());
      return Optional.of(
          site.node().getOutputList().stream()
              .filter(name -> !name.isEmpty())
              .map(name -> importing.required(name).type())
              .toList());
    } catch (AxiomException | NotYet e) {
      return Optional.empty(); // the zeros do not fit; the caller then refuses the node itself
    }
  }

  private static Optional<Tensor> standIn(OnnxNodeContext site, Value value) {
    Optional<Tensor> known = site.folding().tried(value);
    Type type = value.type();
    boolean weight =
        type.isTensor()
            && type.dtype().isFloat()
            && type.shape().isFixed()
            && !SHAPED_BY_FLOATS.contains(site.op());
    return known.isPresent() || !weight
        ? known
        : Optional.of(Tensor.zeros(type.shape()).to(type.dtype()));
  }
}
