package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.save.node.OriginalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An operator of ONNX that is only run.
 *
 * @param node its settings
 * @param version the operator set it is from
 * @param body what it computes
 * @param present which of its operands are there
 * @param types what it answers
 */
record RunOnlyOp(NodeProto node, int version, Body body, List<Boolean> present, List<Type> types)
    implements RunOp, OriginalNode {
  RunOnlyOp {
    present = List.copyOf(present);
    types = List.copyOf(types);
  }

  /** From settings and operands to results. */
  @FunctionalInterface
  public interface Body {
    List<RuntimeValue> run(NodeAttributes settings, List<Optional<RuntimeValue>> in);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    return types;
  }

  @Override
  public RunOnlyOp bind(Function<String, Dim> sizes) {
    List<Type> bound =
        types.stream()
            .map(t -> t.isTensor() ? Type.of(t.shape().bind(sizes), t.dtype()) : t)
            .toList();
    return new RunOnlyOp(node, version, body, present, bound);
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    List<Optional<RuntimeValue>> operands = new ArrayList<>();
    int next = 0;
    for (boolean there : present) {
      operands.add(there ? Optional.of(in.get(next++)) : Optional.empty());
    }
    return body.run(new NodeAttributes(node.getAttributeList()), operands);
  }

  @Override
  public List<Integer> places() {
    List<Integer> places = new ArrayList<>();
    int next = 0;
    for (boolean there : present) {
      places.add(there ? next++ : -1);
    }
    return places;
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  @Override
  public boolean isAlike(int opset) {
    return OnnxSignature.isAlike(OnnxFile.domain(node), node.getOpType(), version, opset);
  }

  /** By what the file says: what it computes follows from that. */
  @Override
  public String toString() {
    return title() + " " + version + " " + node + " " + present + " " + types;
  }

  @Override
  public String title() {
    return node.getOpType();
  }

  @Override
  public String whyNoBound() {
    return node.getOpType() + " is run only";
  }
}
