package dev.axiomml.interop.pytorch.aten.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small programs of ATen calls. */
class ProgramTest {
  private final SmallProgram small = new SmallProgram();

  @Test
  void all_unknown_operators_are_listed_with_their_nodes() {
    small.call("a", "torch.ops.aten.fft_fft.default", SmallProgram.X);
    small.call("b", "torch.ops.aten.relu.default", SmallProgram.X);
    small.call("c", "torch.ops.aten.cholesky.default", SmallProgram.X);
    AtenItem.Ref out = small.call("d", "torch.ops.aten.fft_fft.default", SmallProgram.X);
    AtenProgram program = small.program(SmallProgram.ONE_TWO.type(), out);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> ProgramAssembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what())
        .isEqualTo(
            "2 operators have no rule: torch.ops.aten.cholesky.default (c);"
                + " torch.ops.aten.fft_fft.default (a, d)");
    assertThat(error.diagnosis().why()).contains("before anything runs");
    assertThat(error.diagnosis().fix()).contains("run_decompositions()");
  }

  @Test
  void an_in_place_call_is_seen_through_the_old_name() {
    AtenItem.Ref y = small.call("y", "aten::neg", SmallProgram.X);
    small.call("z", "aten::relu_", y);
    AtenItem.Ref out = small.call("out", "aten::add", y, y);

    assertThat(small.run(SmallProgram.ONE_TWO, out).toFloats()).containsExactly(0, 0);
  }

  @Test
  void overwriting_is_seen_through_a_view_that_was_taken_before() {
    AtenItem.Ref y = small.call("y", "aten::neg", SmallProgram.X);
    AtenItem.Ref view =
        small.call(
            "view", "aten::view", y, new AtenItem.Many(List.of(AtenItem.of(2), AtenItem.of(1))));
    small.call("z", "aten::relu_", y);
    AtenItem.Ref out = small.call("out", "aten::exp", view);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(2, 1), 1, 1));
  }

  @Test
  void overwriting_a_view_is_seen_through_the_whole_and_through_other_views() {
    AtenItem.Ref y = small.call("y", "aten::neg", SmallProgram.X);
    AtenItem.Ref first =
        small.call("first", "aten::slice", y, AtenItem.of(1), AtenItem.of(0), AtenItem.of(1));
    AtenItem.Ref second = small.call("second", "aten::select", y, AtenItem.of(1), AtenItem.of(1));
    AtenItem.Ref all = small.call("all", "aten::t", y);
    small.call("a", "aten::fill_", first, AtenItem.of(5));
    small.call("b", "aten::mul_", second, AtenItem.of(10));
    AtenItem.Ref turned = small.call("turned", "aten::t", all);
    AtenItem.Ref out =
        small.call(
            "out", "aten::cat", new AtenItem.Many(List.of(turned, y, first)), AtenItem.of(1));

    assertThat(small.run(SmallProgram.ONE_TWO, out).toFloats()).containsExactly(5, -20, 5, -20, 5);
  }

  @Test
  void overwriting_what_only_may_be_a_view_is_refused() {
    AtenItem.Ref turned =
        small.call("turned", "aten::t", small.call("y", "aten::neg", SmallProgram.X));
    AtenItem.Ref perhaps =
        small.call("flat", "aten::reshape", turned, new AtenItem.Many(List.of(AtenItem.of(2))));
    small.call("z", "aten::relu_", perhaps);
    AtenItem.Ref out = small.call("out", "aten::neg", turned);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> small.run(SmallProgram.ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("overwrites memory that turned may be a view of");
    assertThat(error.diagnosis().where()).isEqualTo("node z");
    assertThat(error.diagnosis().why()).contains("how the tensor lies in memory");
    assertThat(error.diagnosis().fix()).contains(".clone()");
  }

  @Test
  void overwriting_a_weight_of_the_model_is_refused() {
    AtenItem weight = new AtenItem.Weight(new Parameter("counts", Tensor.of(Shape.of(1, 2), 7, 8)));
    AtenItem.Ref row = small.call("row", "aten::select", weight, AtenItem.of(0), AtenItem.of(0));
    small.call("more", "aten::add_", row, AtenItem.of(1));
    AtenItem.Ref out = small.call("out", "aten::add", SmallProgram.X, weight);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> small.run(SmallProgram.ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("overwrites the model's own tensor");
    assertThat(error.diagnosis().where()).startsWith("node more");
  }

  @Test
  void a_copy_of_a_weight_is_overwritten_alone() {
    AtenItem weight = new AtenItem.Weight(new Parameter("mask", Tensor.of(Shape.of(1, 2), 7, 8)));
    AtenItem.Ref copy = small.call("copy", "aten::clone", weight);
    AtenItem.Ref column =
        small.call("column", "aten::select", copy, AtenItem.of(1), AtenItem.of(0));
    small.call("none", "aten::zero_", column);
    AtenItem.Ref out = small.call("out", "aten::add", copy, weight);

    assertThat(small.run(SmallProgram.ONE_TWO, out).toFloats()).containsExactly(7, 16);
  }

  @Test
  void an_index_by_computed_truths_is_refused() {
    AtenItem.Ref mask = small.call("mask", "aten::gt", SmallProgram.X, AtenItem.of(0));
    AtenItem.Ref out =
        small.call("out", "aten::index", SmallProgram.X, new AtenItem.Many(List.of(mask)));

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> small.run(SmallProgram.ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("an index by truths that are computed");
    assertThat(error.diagnosis().fix()).contains("torch.where");
  }

  @Test
  void a_view_taken_after_the_overwriting_is_no_matter() {
    AtenItem.Ref y = small.call("y", "aten::neg", SmallProgram.X);
    AtenItem.Ref z = small.call("z", "aten::add_", y, y);
    AtenItem.Ref view =
        small.call(
            "view", "aten::view", z, new AtenItem.Many(List.of(AtenItem.of(2), AtenItem.of(1))));
    AtenItem.Ref out = small.call("out", "aten::neg", view);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(2, 1), 2, 4));
  }

  @Test
  void a_weight_computed_of_weights_is_known_at_import() {
    Parameter direction = new Parameter("v", Tensor.of(Shape.of(1, 2), 3, 4));
    Parameter length = new Parameter("g", Tensor.of(Shape.of(1, 1), 10));
    AtenItem.Ref w =
        small.call(
            "w", "aten::_weight_norm", new AtenItem.Weight(direction), new AtenItem.Weight(length));
    AtenItem.Ref out = small.call("out", "aten::linear", SmallProgram.X, w);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 1), 22));
  }

  @Test
  void integers_meet_floats_as_floats() {
    Tensor whole = Tensor.ofIntegers(Shape.of(2), DType.INT64, 3, -4);
    AtenItem.Ref out = small.call("out", "aten::mul", SmallProgram.X, new AtenItem.Real(0.5));

    assertThat(small.run(whole, out)).isEqualTo(Tensor.of(Shape.of(2), 1.5f, -2));
  }

  @Test
  void integers_stay_integers_beyond_what_floats_hold() {
    Tensor whole = Tensor.ofIntegers(Shape.of(1), DType.INT64, 9007199254740993L);
    AtenItem.Ref out = small.call("out", "aten::add", SmallProgram.X, AtenItem.of(2));

    assertThat(small.run(whole, out).longAt(0)).isEqualTo(9007199254740995L);
  }

  @Test
  void a_scaled_sum_and_a_reversed_difference() {
    AtenItem.Ref sum =
        small.call("sum", "aten::add", SmallProgram.X, SmallProgram.X, AtenItem.of(3));
    AtenItem.Ref out = small.call("out", "aten::rsub", sum, AtenItem.of(1));

    assertThat(small.run(SmallProgram.ONE_TWO, out).toFloats()).containsExactly(-3, -7);
  }

  @Test
  void a_slice_is_bounded_as_python_bounds_it() {
    Tensor row = Tensor.of(Shape.of(5), 0, 1, 2, 3, 4);
    AtenItem.Ref out =
        small.call(
            "out",
            "aten::slice",
            SmallProgram.X,
            AtenItem.of(0),
            AtenItem.of(-4),
            AtenItem.of(Long.MAX_VALUE),
            AtenItem.of(2));

    assertThat(small.run(row, out).toFloats()).containsExactly(1, 3);
  }

  @Test
  void parts_of_a_chunk_are_as_pytorch_cuts_them() {
    Tensor row = Tensor.of(Shape.of(5), 0, 1, 2, 3, 4);
    AtenItem.Ref chunks = small.call("chunks", "aten::chunk", SmallProgram.X, AtenItem.of(2));
    AtenItem.Ref out = small.call("out", "_operator.getitem", chunks, AtenItem.of(1));

    assertThat(small.run(row, out).toFloats()).containsExactly(3, 4);
  }

  @Test
  void a_linear_layer_with_a_computed_weight_is_a_product() {
    Tensor weight = Tensor.of(Shape.of(1, 2), 10, 1);
    AtenItem.Ref w = small.call("w", "aten::neg", new AtenItem.Weight(new Parameter("w", weight)));
    AtenItem.Ref out = small.call("out", "aten::linear", SmallProgram.X, w);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 1), -12));
  }

  @Test
  void a_weight_expanded_to_a_free_batch_waits_for_it() {
    Type free = Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2)));
    AtenItem token = new AtenItem.Weight(new Parameter("token", Tensor.of(Shape.of(1, 2), 7, 8)));
    AtenItem.Ref size = small.call("size", "aten::size", SmallProgram.X, AtenItem.of(0));
    AtenItem.Ref many =
        small.call(
            "many", "aten::expand", token, new AtenItem.Many(List.of(size, AtenItem.of(-1))));
    AtenItem.Ref out =
        small.call(
            "out", "aten::cat", new AtenItem.Many(List.of(many, SmallProgram.X)), AtenItem.of(1));
    var graph = ProgramAssembly.of(small.program(free, out), Layout.AS_FILE).graph();

    var folded = PassPipelines.inference(graph).graph().bind(Map.of("N", 1L)).graph();

    List<RuntimeValue> in = List.of(SmallProgram.ONE_TWO);
    Tensor y = new ReferenceBackend().compile(folded, Compilation.DEFAULT).run(in).get(0).tensor();
    assertThat(y.toFloats()).containsExactly(7, 8, 1, 2);
  }

  @Test
  void arguments_that_do_not_fit_are_an_error_at_the_node() {
    AtenItem.Ref out =
        small.call("out", "aten::view", SmallProgram.X, new AtenItem.Many(List.of(AtenItem.of(3))));

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> small.run(SmallProgram.ONE_TWO, out));

    assertThat(error.diagnosis().where()).contains("out");
    assertThat(error.diagnosis().what()).contains("1×2").contains("3");
  }

  @Test
  void an_argument_of_the_wrong_kind_is_an_error_at_the_node() {
    AtenItem.Ref out =
        small.call("out", "aten::softmax", SmallProgram.X, new AtenItem.Text("last"));

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> small.run(SmallProgram.ONE_TWO, out));

    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::softmax)");
    assertThat(error.diagnosis().what())
        .contains("no known overload of aten::softmax takes (Tensor, last)");
  }
}
