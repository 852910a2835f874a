package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Core operators on known tensors. */
public final class JoinedOps {
  private JoinedOps() {}

  /** All elements of two tensors, one after another. */
  public static Tensor of(Tensor a, Tensor b) {
    return along(0, List.of(a.reshape(Shape.of(a.size())), b.reshape(Shape.of(b.size()))));
  }

  /** Tensors one after another along an axis. */
  public static Tensor along(int axis, List<Tensor> parts) {
    List<RuntimeValue> in = new ArrayList<>(parts);
    Node node = new Node(0, "", new Concat(axis), List.of(), List.of());
    return new Interpreter().node(node, in).get(0).tensor();
  }
}
