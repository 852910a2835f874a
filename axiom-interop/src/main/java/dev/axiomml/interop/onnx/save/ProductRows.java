package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.op.Contraction;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Einsum;
import dev.axiomml.core.op.LeftMatMul;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.RightMatMul;
import java.util.List;

/** Matrix products. */
final class ProductRows {
  private ProductRows() {}

  static void add(Rows to) {
    to.any(Dense.class, ProductRows::dense);
    to.any(MatMul.class, (op, at) -> at.answer("MatMul", at.in(0), at.in(1)));
    to.any(LeftMatMul.class, (op, at) -> at.answer("MatMul", at.weight(op.matrix()), at.in(0)));
    to.any(RightMatMul.class, (op, at) -> at.answer("MatMul", at.in(0), at.weight(op.matrix())));
    to.any(Einsum.class, (op, at) -> einsum(at, op.equation()));
    to.any(Contraction.class, (op, at) -> einsum(at, op.equation()));
  }

  /** On rows a Gemm with the weight as PyTorch holds it, else a product and a sum. */
  private static List<String> dense(Dense op, Spot at) {
    if (at.rank() == 2) {
      String weight = at.weight(op.weightMatrix(), 1, 0);
      Call gemm =
          op.bias()
              .map(bias -> Call.of("Gemm", at.in(0), weight, at.weight(bias)))
              .orElseGet(() -> Call.of("Gemm", at.in(0), weight));
      return at.answer(gemm.whole("transB", 1));
    }
    String product = at.one("MatMul", at.in(0), at.weight(op.weightMatrix()));
    return List.of(op.bias().map(bias -> at.one("Add", product, at.weight(bias))).orElse(product));
  }

  private static List<String> einsum(Spot at, String equation) {
    return at.answer(Call.of("Einsum", at.in()).text("equation", equation));
  }
}
