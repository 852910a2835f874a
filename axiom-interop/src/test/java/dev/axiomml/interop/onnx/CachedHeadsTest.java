package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.gentle;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.HeadRulesTest.group;
import static dev.axiomml.interop.onnx.HeadRulesTest.with;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention behind a cache of keys and values, as decoders run it step by step. */
class CachedHeadsTest {
  @TempDir Path folder;

  static Stream<Alike> cached() {
    Drawn.again();
    return Stream.of(
        later(1, random(2, 1, 32), random(2, 1, 16), random(2, 1, 16)).out("y k v"),
        later(1, random(2, 1, 128)).weight(random(7, 8), random(7, 8)).out("y k v"),
        later(3, random(1, 3, 128)).weight(random(7, 8), random(7, 8)).out("y k v"));
  }

  /** Steps behind a past of two. */
  private static Alike later(long steps, Tensor... operands) {
    Tensor query = operands[0];
    boolean packed = operands.length == 1;
    long samples = query.shape().size(0);
    long[] lengths = new long[(int) samples];
    Arrays.fill(lengths, steps + 1);
    Alike node = group(whole("do_rotary", packed ? 1 : 0)).in(operands);
    Tensor past = random(samples, 2, 2, packed ? 16 : 8);
    return (packed ? node.none().none() : node)
        .in(past, past)
        .in(list(DType.INT32, lengths), ints(DType.INT32, Shape.SCALAR, steps + 2));
  }

  private static Dim size(String text) {
    if (text.matches("\\d+")) {
      return Dim.of(Long.parseLong(text));
    }
    return Stream.of(text.split("\\+", -1)).map(Dim::symbol).reduce(Dim.ZERO, Dim::plus);
  }

  private static Type free(String... dims) {
    return Type.of(new Shape(Stream.of(dims).map(CachedHeadsTest::size).toList()), DType.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "4, 1", "3, 2"})
  void one_file_reads_a_prompt_and_then_step_by_step(int past, int steps) throws Exception {
    Drawn.again();
    Type cache = free("N", "2", "past", "16");
    Nodes nodes =
        Nodes.of()
            .input("q", free("N", "steps", "128"))
            .input("k", cache)
            .input("v", cache)
            .input("lengths", Type.of(Shape.of(Dim.symbol("N")), DType.INT32))
            .input("total", Type.of(Shape.SCALAR, DType.INT32))
            .weight("t", random(7, 8))
            .foreign(
                "com.microsoft",
                "GroupQueryAttention",
                "y a b < q   k v lengths total t t",
                with(
                    whole("num_heads", 4),
                    whole("kv_num_heads", 2),
                    whole("do_rotary", 1),
                    whole("local_window_size", 3)));
    Path file = nodes.write(folder, 21, "y", "a", "b");
    int all = past + steps;
    List<Tensor> in =
        List.of(
            random(1, steps, 128),
            random(1, 2, past, 16),
            random(1, 2, past, 16),
            list(DType.INT32, all - 1),
            ints(DType.INT32, Shape.SCALAR, all));
    List<Tensor> mine = Onnx.load(file, Layout.AS_FILE).predictAll(in);
    Alike.CLOSE.check(mine, OtherRuntime.run(file, in));
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "4, 1", "3, 2"})
  void masks_and_pasts_may_have_free_sizes(int past, int steps) throws Exception {
    Drawn.again();
    Nodes nodes =
        Nodes.of()
            .input("x", free("N", "steps", "8"))
            .input("m", Type.of(free("N", "past+steps").shape(), DType.INT32))
            .input("p", free("2", "N", "2", "past", "4"))
            .weight("w", gentle(8, 24))
            .weight("b", random(24))
            .foreign(
                "com.microsoft",
                "Attention",
                "y q < x w b m p",
                with(whole("num_heads", 2), whole("unidirectional", 1)));
    Path file = nodes.write(folder, 21, "y", "q");
    List<Tensor> in =
        List.of(
            random(1, steps, 8),
            list(DType.INT32, 0, 1, 1, 1, 1)
                .slice(0, past + steps)
                .reshape(Shape.of(1, past + steps)),
            random(2, 1, 2, past, 4));
    List<Tensor> mine = Onnx.load(file, Layout.AS_FILE).predictAll(in);
    Alike.CLOSE.check(mine, OtherRuntime.run(file, in));
  }

  @Test
  void lengths_that_leave_out_a_part_of_the_past_are_refused_on_the_run() {
    Drawn.again();
    Tensor past = random(2, 2, 2, 8);
    Alike node =
        group()
            .in(random(2, 1, 32), random(2, 1, 16), random(2, 1, 16), past, past)
            .in(list(DType.INT32, 2, 1), ints(DType.INT32, Shape.SCALAR, 3));
    assertThatThrownBy(() -> node.answers(folder))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("seqlens_k [2, 1] and total_sequence_length 3 for 3 keys")
        .hasMessageContaining("with a past every sample")
        .hasMessageContaining("give lengths of 2 and a total of 3");
  }

  @ParameterizedTest
  @MethodSource("cached")
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  @Test
  void positions_behind_a_past_are_refused() {
    Drawn.again();
    later(1, random(2, 1, 32), random(2, 1, 16), random(2, 1, 16))
        .weight(random(7, 4), random(7, 4), list(DType.INT64, 1, 1))
        .isRefused(folder, "with a past and positions");
  }

  @Test
  void a_look_at_lengths_is_not_written() {
    Tensor past = random(2, 2, 2, 8);
    Nodes nodes =
        Nodes.of()
            .input("q", random(2, 1, 64).type())
            .input("k", past.type())
            .input("lengths", list(DType.INT32, 2, 2).type())
            .weight("total", ints(DType.INT32, Shape.SCALAR, 3))
            .foreign(
                "com.microsoft",
                "GroupQueryAttention",
                "y < q   k k lengths total",
                with(whole("num_heads", 4), whole("kv_num_heads", 2)));
    Model<?> model = nodes.load(folder);
    assertThatThrownBy(() -> Onnx.save(model, folder.resolve("again.onnx")))
        .isInstanceOf(ModelExportException.class)
        .hasMessageContaining("CountedKeys");
  }
}
