package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operators that ONNX Runtime has on graphics cards only, against the standard operators that they
 * stand for, run by ONNX Runtime.
 */
class WithoutKernelTest {
  private static final long SEED = 23;

  @TempDir Path folder;

  private static Tensor random(long seed, long... sizes) {
    return Tensor.random(Shape.of(sizes), SEED + seed, -1.5, 1.5);
  }

  private void alike(Alike node, Nodes standard, Tensor... in) throws Exception {
    List<Tensor> mine = node.answers(folder);
    Alike.CLOSE.check(mine, OtherRuntime.run(standard.write(folder, 21), List.of(in)));
  }

  @Test
  void bias_add_is_two_sums() throws Exception {
    Tensor x = random(1, 2, 3, 4);
    Tensor skip = random(2, 2, 3, 4);
    Tensor bias = random(3, 4);
    Nodes sums =
        Nodes.of()
            .input("x", x.type())
            .input("s", skip.type())
            .weight("b", bias)
            .node("Add", "a < x b")
            .node("Add", "y < a s");
    alike(Alike.of("BiasAdd").in(x).weight(bias).in(skip), sums, x, skip);
  }

  @Test
  void bias_softmax_is_a_sum_and_a_softmax() throws Exception {
    Tensor x = random(1, 2, 3, 4, 5);
    Tensor bias = random(2, 2, 1, 1, 5);
    Nodes rows =
        Nodes.of()
            .input("x", x.type())
            .input("b", bias.type())
            .node("Add", "a < x b")
            .node("Softmax", "y < a");
    alike(
        Alike.of("BiasSoftmax", whole("axis", 3), whole("is_inner_broadcast", 1)).in(x, bias),
        rows,
        x,
        bias);
    Nodes blocks =
        Nodes.of()
            .input("x", x.type())
            .input("b", bias.type())
            .weight("flat", Tensor.ofLongs(Shape.of(2), 6, 20))
            .weight("back", Tensor.ofLongs(Shape.of(4), 2, 3, 4, 5))
            .node("Add", "a < x b")
            .node("Reshape", "f < a flat")
            .node("Softmax", "s < f")
            .node("Reshape", "y < s back");
    alike(
        Alike.of("BiasSoftmax", whole("axis", 2), whole("is_inner_broadcast", 1)).in(x, bias),
        blocks,
        x,
        bias);
  }

  @Test
  void bias_split_gelu_is_a_gate() throws Exception {
    Tensor x = random(1, 2, 3, 8);
    Tensor bias = random(2, 8);
    Nodes gate =
        Nodes.of()
            .input("x", x.type())
            .weight("b", bias)
            .node("Add", "a < x b")
            .node("Split", "l r < a", whole("axis", 2), whole("num_outputs", 2))
            .node("Gelu", "g < r")
            .node("Mul", "y < l g");
    alike(Alike.of("BiasSplitGelu").in(x).weight(bias), gate, x);
  }

  private static Nodes norm(Nodes nodes, String x) {
    return nodes
        .weight("g", random(5, 4))
        .weight("b", random(6, 4))
        .node("Transpose", "f < " + x, wholes("perm", 0, 3, 1, 2))
        .node("GroupNormalization", "n < f g b", whole("num_groups", 2));
  }

  @Test
  void group_norm_has_channels_last_and_an_activation() throws Exception {
    Tensor x = random(1, 2, 3, 5, 4);
    Nodes plain = norm(Nodes.of().input("x", x.type()), "x");
    plain.node("Transpose", "y < n", wholes("perm", 0, 2, 3, 1));
    alike(
        Alike.of("GroupNorm", whole("groups", 2), whole("activation", 0))
            .in(x)
            .weight(random(5, 4), random(6, 4)),
        plain,
        x);
    Nodes active = norm(Nodes.of().input("x", x.type()), "x");
    active.node("Sigmoid", "s < n").node("Mul", "y < n s");
    Tensor first = x.permute(0, 3, 1, 2);
    alike(
        Alike.of("GroupNorm", whole("groups", 2), whole("activation", 1), whole("channels_last", 0))
            .in(first)
            .weight(random(5, 4), random(6, 4)),
        active,
        x);
  }

  @Test
  void skip_group_norm_takes_one_skip_a_channel() throws Exception {
    Tensor x = random(1, 2, 3, 5, 4);
    Tensor skip = random(2, 2, 4);
    Tensor bias = random(3, 4);
    Nodes sums =
        Nodes.of()
            .input("x", x.type())
            .input("s", skip.type())
            .weight("o", bias)
            .weight("wide", Tensor.ofLongs(Shape.of(4), 2, 1, 1, 4))
            .node("Reshape", "w < s wide")
            .node("Add", "a < x w")
            .node("Add", "c < a o");
    norm(sums, "c").node("Transpose", "y < n", wholes("perm", 0, 2, 3, 1));
    alike(
        Alike.of("SkipGroupNorm", whole("groups", 2), whole("activation", 0))
            .in(x)
            .weight(random(5, 4), random(6, 4))
            .in(skip)
            .weight(bias),
        sums,
        x,
        skip);
  }

  @Test
  void half_a_spectrum_goes_back_to_its_signal() {
    Tensor x = random(1, 2, 6);
    Tensor spectrum =
        Alike.of("Rfft", whole("signal_ndim", 1), whole("onesided", 1), whole("normalized", 0))
            .in(x)
            .answers(folder)
            .get(0);
    assertThat(spectrum.shape()).isEqualTo(Shape.of(2, 4, 2));
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += x.doubleAt(i);
    }
    assertThat(Math.abs(spectrum.doubleAt(0) - sum)).as("seed " + SEED).isLessThan(1e-5);
    Tensor back = Alike.of("Irfft", whole("signal_ndim", 1)).in(spectrum).answers(folder).get(0);
    Alike.CLOSE.check(List.of(back), List.of(x));
    assertThat(back.dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void a_mean_of_integers_is_the_mean_of_what_they_stand_for() throws Exception {
    Tensor x = Drawn.bytes(DType.UINT8, 3, 4, 5);
    Tensor from = Tensor.scalar(0.031f);
    Tensor to = Tensor.scalar(0.017f);
    Tensor zero = Tensor.ofIntegers(Shape.SCALAR, DType.UINT8, 119);
    Nodes mean =
        Nodes.of()
            .input("x", x.type())
            .weight("a", from)
            .weight("z", zero)
            .weight("b", to)
            .weight("axes", Tensor.ofLongs(Shape.of(1), 1))
            .node("DequantizeLinear", "r < x a z")
            .node("ReduceMean", "m < r axes", whole("keepdims", 0))
            .node("QuantizeLinear", "y < m b z");
    alike(
        Alike.of("QLinearReduceMean", wholes("axes", 1), whole("keepdims", 0))
            .in(x)
            .weight(from, zero, to, zero),
        mean,
        x);
  }

  @Test
  void layer_norm_is_the_standards() throws Exception {
    Tensor x = random(1, 2, 3, 4);
    Nodes norm =
        Nodes.of()
            .input("x", x.type())
            .weight("g", random(2, 4))
            .node("LayerNormalization", "y < x g");
    alike(Alike.of("LayerNormalization").in(x).weight(random(2, 4)), norm, x);
  }
}
