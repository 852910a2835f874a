package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxSignature;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.save.node.OriginalNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A node of a file whose operators are told by what only a run knows, or by sizes that are still
 * free: its rule emits them when its operands are there.
 *
 * @param call the node, and where it stands
 * @param operands the names of its operands, those its subgraphs take from around it included
 * @param known the operands that were known when that did not decide
 * @param types what it answers, sizes that only data tell being symbols
 * @param stages what its rule emitted so far
 */
record DeferredSettings(
    ProgramNode call,
    List<String> operands,
    List<String> known,
    List<Type> types,
    NodeStages stages)
    implements RunOp, OriginalNode {
  DeferredSettings {
    operands = List.copyOf(operands);
    known = List.copyOf(known);
    types = List.copyOf(types);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    return types;
  }

  @Override
  public DeferredSettings bind(Function<String, Dim> sizes) {
    List<Type> bound = types.stream().map(type -> bound(type, sizes)).toList();
    return new DeferredSettings(call, operands, known, bound, stages);
  }

  /** Once more is known, the operators that its rule emits, if that decides. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> now) {
    Map<String, Type> all = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      String name = operands.get(i);
      all.put(name, in.get(i));
      if (isNew(now)) {
        now.get(i).tensor().ifPresent(tensor -> tensors.put(name, tensor));
      }
    }
    if (!isNew(now) || in.stream().anyMatch(type -> !type.isTensor())) {
      return Optional.empty();
    }
    try {
      Graph emitted = call.graph(all, tensors);
      return call.isOpen(emitted)
          ? Optional.empty()
          : Optional.of(new InlinedGraph(emitted, rest(tensors)));
    } catch (AxiomException | NotYet undecided) {
      return Optional.empty(); // it still waits for a run, which says what is wrong if anything is
    }
  }

  /** Whether more is known than when that did not decide. */
  private boolean isNew(List<KnownValue> now) {
    return IntStream.range(0, operands.size())
        .anyMatch(i -> now.get(i).isKnown() && !known.contains(operands.get(i)));
  }

  /** The places of operands that are not known. */
  private List<Integer> rest(Map<String, Tensor> tensors) {
    return IntStream.range(0, operands.size())
        .filter(i -> !tensors.containsKey(operands.get(i)))
        .boxed()
        .toList();
  }

  private static Type bound(Type type, Function<String, Dim> sizes) {
    return type.isTensor() ? Type.of(type.shape().bind(sizes), type.dtype()) : type;
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Map<String, RuntimeValue> named = new LinkedHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      named.put(operands.get(i), in.get(i));
    }
    List<RuntimeValue> out = stages.run(call, named, Set.copyOf(known));
    for (int i = 0; i < out.size(); i++) {
      check(types.get(i), out.get(i));
    }
    return out;
  }

  private void check(Type declared, RuntimeValue actual) {
    if (!(actual instanceof Tensor tensor)) {
      return;
    }
    boolean fits =
        tensor.dtype() == declared.dtype()
            && (!declared.isTensor() || tensor.shape().matches(declared.shape()));
    if (!fits) {
      throw new ShapeException(
          new Diagnosis(
              title() + " made " + tensor.type() + ", the file declares " + declared,
              "",
              "what follows relies on the declared shape",
              "export the model again with its shapes inferred"));
    }
  }

  @Override
  public NodeProto node() {
    return call.node();
  }

  @Override
  public int version() {
    return call.opsets().getOrDefault(OnnxFile.domain(node()), 1);
  }

  @Override
  public List<Integer> places() {
    return node().getInputList().stream().map(operands::indexOf).toList();
  }

  /** A node without subgraphs and of the operators that ONNX knows, its results without a gap. */
  @Override
  public boolean isAlone() {
    List<String> made = call.outputs();
    boolean gap = !node().getOutputList().subList(0, made.size()).equals(made);
    return !gap
        && call.file().function(node()).isEmpty()
        && Set.copyOf(node().getInputList()).containsAll(operands);
  }

  @Override
  public boolean isAlike(int opset) {
    return OnnxSignature.isAlike(OnnxFile.domain(node()), node().getOpType(), version(), opset);
  }

  /** By what it is, not by what it made so far. */
  @Override
  public String toString() {
    return "DeferredSettings[call=%s, operands=%s, known=%s, types=%s]"
        .formatted(call, operands, known, types);
  }

  @Override
  public String title() {
    return call.node().getOpType();
  }

  @Override
  public String whyNoBound() {
    return "its settings or its branches are computed while the graph runs";
  }
}
