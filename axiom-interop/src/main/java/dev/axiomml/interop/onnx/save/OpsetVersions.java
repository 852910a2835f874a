package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.save.node.OriginalNode;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import dev.axiomml.interop.onnx.save.rules.WriteRules;
import java.util.stream.Stream;

/** Which operator set a graph needs, and which format that needs. */
final class OpsetVersions {
  private OpsetVersions() {}

  /** The first operator set that has all of a graph. */
  static int opset(Graph graph) {
    Stream<Integer> nodes = graph.nodes().stream().map(OpsetVersions::since);
    Stream<Integer> inputs = graph.inputs().stream().map(v -> since(v.type().dtype()));
    return Stream.concat(nodes, inputs).max(Integer::compare).orElse(WriteRule.OPSET);
  }

  private static int since(Node node) {
    Op op = node.op();
    int first =
        op instanceof OriginalNode original && original.isAlone()
            ? OriginalNodes.since(original)
            : WriteRules.of(op)
                .map(row -> row.since().applyAsInt(op, node.inTypes()))
                .orElse(WriteRule.OPSET);
    return node.out().stream().map(value -> since(value.type().dtype())).reduce(first, Math::max);
  }

  private static int since(DType dtype) {
    return switch (dtype) {
      case FLOAT8_E4M3FN, FLOAT8_E4M3FNUZ, FLOAT8_E5M2, FLOAT8_E5M2FNUZ -> 19;
      case INT4, UINT4 -> 21;
      case FLOAT4_E2M1FN -> 23;
      case FLOAT8_E8M0FNU -> 24;
      case INT2, UINT2 -> 25;
      default -> WriteRule.OPSET;
    };
  }

  /** The version of the format that came with an operator set. */
  static int format(int opset) {
    if (opset < 19) {
      return 8;
    }
    return opset < 21 ? 9 : opset < 23 ? 10 : Math.min(13, opset - 12);
  }
}
