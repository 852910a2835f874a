package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.List;

/** Matrix products. */
final class ProductRows {
  private ProductRows() {}

  static void add(WriteRules to) {
    to.any(Dense.class, ProductRows::dense);
    to.any(MatMul.class, (op, at) -> at.answer("MatMul", at.in(0), at.in(1)));
    to.any(Einsum.class, (op, at) -> einsum(at, op.equation()));
  }

  /** On rows a Gemm with the weight as PyTorch holds it, else a product and a sum. */
  private static List<String> dense(Dense op, WriteContext at) {
    if (at.rank() == 2) {
      String weight = at.turned(1, 1, 0);
      OnnxCall gemm =
          at.has(2)
              ? OnnxCall.of("Gemm", at.in(0), weight, at.in(2))
              : OnnxCall.of("Gemm", at.in(0), weight);
      return at.answer(gemm.whole("transB", 1));
    }
    String product = at.one("MatMul", at.in(0), at.in(1));
    return List.of(at.has(2) ? at.one("Add", product, at.in(2)) : product);
  }

  private static List<String> einsum(WriteContext at, String equation) {
    return at.answer(OnnxCall.of("Einsum", at.in()).text("equation", equation));
  }
}
