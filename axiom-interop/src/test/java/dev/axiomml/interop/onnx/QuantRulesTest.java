package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantised operators in ONNX files. */
class QuantRulesTest {
  private static final long SEED = 5;

  @TempDir private Path folder;

  private static Tensor integers(DType dtype, int... sizes) {
    Shape shape = Shape.of(sizes);
    SplittableRandom random = new SplittableRandom(SEED);
    long[] numbers = random.longs(shape.count(), -128, 256).toArray();
    return Tensor.ofIntegers(shape, dtype, numbers);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "UINT8", "INT16", "UINT16", "INT4", "UINT4", "INT2", "UINT2"})
  void what_is_quantised_comes_back_within_half_a_step(DType dtype) {
    double low = dtype.isUnsigned() ? 0 : -Math.scalb(1.0, dtype.bits() - 1);
    double high = low + Math.scalb(1.0, dtype.bits()) - 1;
    double[] steps = {0.1, 2};
    SplittableRandom random = new SplittableRandom(SEED);
    double[] x = new double[20];
    for (int i = 0; i < x.length; i++) {
      x[i] = steps[i / 10] * (low - 1 + random.nextDouble() * (high - low));
    }
    Tensor in = Tensor.ofDoubles(Shape.of(2, 10), DType.FLOAT32, x);
    Nodes nodes =
        Nodes.of()
            .input("x", in.type())
            .weight("s", Tensor.of(Shape.of(2), 0.1f, 2))
            .weight("z", Tensor.ofIntegers(Shape.of(2), dtype, 1, 1))
            .node("QuantizeLinear", "q < x s z", whole("axis", 0))
            .node("DequantizeLinear", "y < q s z", whole("axis", 0));
    Tensor y = nodes.run(folder, in).tensor();
    for (int i = 0; i < x.length; i++) {
      double half = steps[i / 10] * 0.5001;
      assertThat(Math.abs(y.doubleAt(i) - x[i])).as("seed " + SEED).isLessThanOrEqualTo(half);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, UINT8, 3000, false",
    "INT8, INT8, 3000, false",
    "UINT8, INT8, 3000, false",
    "UINT8, INT8, 3000, true",
    "UINT8, INT8, 200, true"
  })
  void sums_are_exact_in_float32_and_beyond_it(DType a, DType b, int depth, boolean known) {
    Tensor x = integers(a, 2, depth);
    Tensor w = integers(b, depth, 3);
    Nodes nodes =
        Nodes.of()
            .input("x", x.type())
            .weight("az", Tensor.ofIntegers(Shape.SCALAR, a, 7))
            .weight("bz", Tensor.ofIntegers(Shape.of(3), b, 1, 2, 3))
            .node("MatMulInteger", "y < x w az bz");
    Nodes whole = known ? nodes.weight("w", w) : nodes.input("w", w.type());
    long[] sums = new long[6];
    for (int i = 0; i < 2 * 3 * depth; i++) {
      int row = i / 3 / depth;
      int k = i / 3 % depth;
      int column = i % 3;
      long left = x.longAt(row * depth + k) - 7;
      sums[row * 3 + column] += left * (w.longAt(k * 3 + column) - 1 - column);
    }
    Tensor y = (known ? whole.run(folder, x) : whole.run(folder, x, w)).tensor();
    assertThat(y.dtype()).isEqualTo(DType.INT32);
    assertThat(y.toLongs()).as("seed " + SEED).containsExactly(sums);
  }

  @Test
  void a_convolution_pads_with_the_zero_point() {
    Tensor x = Tensor.ofIntegers(Shape.of(1, 1, 3), DType.UINT8, 10, 20, 30);
    Nodes nodes =
        Nodes.of()
            .input("x", x.type())
            .weight("w", Tensor.ofIntegers(Shape.of(1, 1, 3), DType.UINT8, 1, 1, 1))
            .weight("z", Tensor.ofIntegers(Shape.SCALAR, DType.UINT8, 10))
            .node(
                "ConvInteger",
                "y < x w z",
                dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto.newBuilder()
                    .setName("pads")
                    .addInts(1)
                    .addInts(1)
                    .build());
    assertThat(nodes.run(folder, x).tensor().toLongs()).containsExactly(10, 30, 30);
  }

  @Test
  void zero_is_exact_after_dynamic_quantisation() {
    Tensor x = Tensor.random(Shape.of(40), SEED, -3, 7);
    float[] values = x.toFloats();
    values[11] = 0;
    Tensor in = Tensor.of(Shape.of(40), values);
    Nodes nodes =
        Nodes.of()
            .input("x", in.type())
            .node("DynamicQuantizeLinear", "q s z < x")
            .node("DequantizeLinear", "y < q s z");
    assertThat(nodes.run(folder, in).tensor().doubleAt(11)).isZero();
  }

  @Test
  void all_zeros_are_quantised_dynamically_to_zeros() {
    Tensor x = Tensor.zeros(Shape.of(4));
    Nodes nodes = Nodes.of().input("x", x.type()).node("DynamicQuantizeLinear", "q s z < x");
    assertThat(nodes.run(folder, x).tensor().toLongs()).containsOnly(0);
  }

  @Test
  void blocks_have_a_scale_each_and_the_last_may_be_short() {
    Tensor x = Tensor.ofIntegers(Shape.of(5), DType.INT8, 1, 1, 1, 1, 1);
    Nodes nodes =
        Nodes.of()
            .input("x", x.type())
            .weight("s", Tensor.of(Shape.of(3), 1, 10, 100))
            .node("DequantizeLinear", "y < x s", whole("block_size", 2), whole("axis", 0));
    assertThat(nodes.run(folder, x).tensor().toFloats()).containsExactly(1, 1, 10, 10, 100);
  }

  @Test
  void scales_that_fit_no_blocks_are_refused() {
    Nodes nodes =
        Nodes.of()
            .input("x", Type.of(Shape.of(9), DType.INT8))
            .weight("s", Tensor.of(Shape.of(3), 1, 10, 100))
            .node("DequantizeLinear", "y < x s", whole("block_size", 2), whole("axis", 0));
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).contains("DequantizeLinear of 9 with scales 3");
              assertThat(e.diagnosis().where()).contains("DequantizeLinear y");
              assertThat(e.diagnosis().why()).contains("blocks of 2");
              assertThat(Arrays.asList(e.diagnosis().fix())).doesNotContain("");
            });
  }
}
