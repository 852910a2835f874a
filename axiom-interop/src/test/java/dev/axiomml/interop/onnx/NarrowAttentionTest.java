package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attention rounds its shares step by step in types of 16 bits, as the standard's reference. */
class NarrowAttentionTest {
  private static final int KEYS = 300;

  @TempDir Path folder;

  /** What one query answers that finds all keys alike, whose values are one. */
  private double answer(DType dtype, int precision) {
    Tensor query = Tensor.zeros(Shape.of(1, 1, 1, 4)).to(dtype);
    Tensor keys = Tensor.full(Shape.of(1, 1, KEYS, 4), 1).to(dtype);
    return Nodes.of()
        .input("q", query.type())
        .input("k", keys.type())
        .input("v", keys.type())
        .node("Attention", "y < q k v", Nodes.whole("softmax_precision", precision))
        .run(folder, query, keys, keys)
        .tensor()
        .doubleAt(0);
  }

  @Test
  void a_sum_of_bfloat16_shares_stops_at_256() {
    double share = 1 / 256.0;
    assertThat(answer(DType.BFLOAT16, OnnxElementTypes.number(DType.BFLOAT16)))
        .isEqualTo(rounded(KEYS * share));
  }

  @Test
  void shares_of_higher_precision_sum_to_one() {
    double share = rounded(1.0 / KEYS);
    assertThat(answer(DType.BFLOAT16, OnnxElementTypes.number(DType.FLOAT32)))
        .isEqualTo(rounded(KEYS * share));
  }

  private static double rounded(double x) {
    return Tensor.ofDoubles(Shape.of(1), DType.BFLOAT16, x).doubleAt(0);
  }
}
