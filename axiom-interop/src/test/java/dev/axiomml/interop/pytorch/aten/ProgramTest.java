package dev.axiomml.interop.pytorch.aten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.pass.Passes;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Reference;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small programs of ATen calls. */
class ProgramTest {
  private static final Item X = new Item.Ref("x");
  private static final Tensor ONE_TWO = Tensor.of(Shape.of(1, 2), 1, 2);

  private final List<Step> steps = new ArrayList<>();

  private Item.Ref call(String result, String target, Item... arguments) {
    List<Step.Argument> list =
        Arrays.stream(arguments).map(item -> new Step.Argument("", item)).toList();
    steps.add(new Step(result, Target.of(target), list, List.of(result), false));
    return new Item.Ref(result);
  }

  private Program program(Type input, Item.Ref output) {
    List<Program.Input> inputs = List.of(new Program.Input("x", input));
    return new Program(inputs, Map.of(), steps, Program.nameless(List.of(output)));
  }

  private Tensor run(Tensor x, Item.Ref output) {
    var graph = Assembly.of(program(x.type(), output), Layout.AS_FILE).graph();
    List<Datum> in = List.of(x);
    return new Reference().compile(graph, Compilation.DEFAULT).run(in).get(0).tensor();
  }

  @Test
  void all_unknown_operators_are_listed_with_their_nodes() {
    call("a", "torch.ops.aten.fft_fft.default", X);
    call("b", "torch.ops.aten.relu.default", X);
    call("c", "torch.ops.aten.cholesky.default", X);
    Item.Ref out = call("d", "torch.ops.aten.fft_fft.default", X);
    Program program = program(ONE_TWO.type(), out);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> Assembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what())
        .isEqualTo(
            "2 operators have no rule: torch.ops.aten.cholesky.default (c);"
                + " torch.ops.aten.fft_fft.default (a, d)");
    assertThat(error.diagnosis().why()).contains("before anything runs");
    assertThat(error.diagnosis().fix()).contains("run_decompositions()");
  }

  @Test
  void an_in_place_call_is_seen_through_the_old_name() {
    Item.Ref y = call("y", "aten::neg", X);
    call("z", "aten::relu_", y);
    Item.Ref out = call("out", "aten::add", y, y);

    assertThat(run(ONE_TWO, out).toFloats()).containsExactly(0, 0);
  }

  @Test
  void overwriting_is_seen_through_a_view_that_was_taken_before() {
    Item.Ref y = call("y", "aten::neg", X);
    Item.Ref view = call("view", "aten::view", y, new Item.Many(List.of(Item.of(2), Item.of(1))));
    call("z", "aten::relu_", y);
    Item.Ref out = call("out", "aten::exp", view);

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(2, 1), 1, 1));
  }

  @Test
  void overwriting_a_view_is_seen_through_the_whole_and_through_other_views() {
    Item.Ref y = call("y", "aten::neg", X);
    Item.Ref first = call("first", "aten::slice", y, Item.of(1), Item.of(0), Item.of(1));
    Item.Ref second = call("second", "aten::select", y, Item.of(1), Item.of(1));
    Item.Ref all = call("all", "aten::t", y);
    call("a", "aten::fill_", first, Item.of(5));
    call("b", "aten::mul_", second, Item.of(10));
    Item.Ref turned = call("turned", "aten::t", all);
    Item.Ref out = call("out", "aten::cat", new Item.Many(List.of(turned, y, first)), Item.of(1));

    assertThat(run(ONE_TWO, out).toFloats()).containsExactly(5, -20, 5, -20, 5);
  }

  @Test
  void overwriting_what_only_may_be_a_view_is_refused() {
    Item.Ref turned = call("turned", "aten::t", call("y", "aten::neg", X));
    Item.Ref perhaps = call("flat", "aten::reshape", turned, new Item.Many(List.of(Item.of(2))));
    call("z", "aten::relu_", perhaps);
    Item.Ref out = call("out", "aten::neg", turned);

    var error = catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("overwrites memory that turned may be a view of");
    assertThat(error.diagnosis().where()).isEqualTo("node z");
    assertThat(error.diagnosis().why()).contains("how the tensor lies in memory");
    assertThat(error.diagnosis().fix()).contains(".clone()");
  }

  @Test
  void overwriting_a_weight_of_the_model_is_refused() {
    Item weight = new Item.Weight(new Parameter("counts", Tensor.of(Shape.of(1, 2), 7, 8)));
    Item.Ref row = call("row", "aten::select", weight, Item.of(0), Item.of(0));
    call("more", "aten::add_", row, Item.of(1));
    Item.Ref out = call("out", "aten::add", X, weight);

    var error = catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("overwrites the model's own tensor");
    assertThat(error.diagnosis().where()).startsWith("node more");
  }

  @Test
  void a_copy_of_a_weight_is_overwritten_alone() {
    Item weight = new Item.Weight(new Parameter("mask", Tensor.of(Shape.of(1, 2), 7, 8)));
    Item.Ref copy = call("copy", "aten::clone", weight);
    Item.Ref column = call("column", "aten::select", copy, Item.of(1), Item.of(0));
    call("none", "aten::zero_", column);
    Item.Ref out = call("out", "aten::add", copy, weight);

    assertThat(run(ONE_TWO, out).toFloats()).containsExactly(7, 16);
  }

  @Test
  void an_index_by_computed_truths_is_refused() {
    Item.Ref mask = call("mask", "aten::gt", X, Item.of(0));
    Item.Ref out = call("out", "aten::index", X, new Item.Many(List.of(mask)));

    var error = catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, out));

    assertThat(error.diagnosis().what()).contains("an index by truths that are computed");
    assertThat(error.diagnosis().fix()).contains("torch.where");
  }

  @Test
  void a_view_taken_after_the_overwriting_is_no_matter() {
    Item.Ref y = call("y", "aten::neg", X);
    Item.Ref z = call("z", "aten::add_", y, y);
    Item.Ref view = call("view", "aten::view", z, new Item.Many(List.of(Item.of(2), Item.of(1))));
    Item.Ref out = call("out", "aten::neg", view);

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(2, 1), 2, 4));
  }

  @Test
  void a_weight_computed_of_weights_is_known_at_import() {
    Parameter direction = new Parameter("v", Tensor.of(Shape.of(1, 2), 3, 4));
    Parameter length = new Parameter("g", Tensor.of(Shape.of(1, 1), 10));
    Item.Ref w =
        call("w", "aten::_weight_norm", new Item.Weight(direction), new Item.Weight(length));
    Item.Ref out = call("out", "aten::linear", X, w);

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 1), 22));
  }

  @Test
  void integers_meet_floats_as_floats() {
    Tensor whole = Tensor.ofIntegers(Shape.of(2), DType.INT64, 3, -4);
    Item.Ref out = call("out", "aten::mul", X, new Item.Real(0.5));

    assertThat(run(whole, out)).isEqualTo(Tensor.of(Shape.of(2), 1.5f, -2));
  }

  @Test
  void integers_stay_integers_beyond_what_floats_hold() {
    Tensor whole = Tensor.ofIntegers(Shape.of(1), DType.INT64, 9007199254740993L);
    Item.Ref out = call("out", "aten::add", X, Item.of(2));

    assertThat(run(whole, out).longAt(0)).isEqualTo(9007199254740995L);
  }

  @Test
  void a_scaled_sum_and_a_reversed_difference() {
    Item.Ref sum = call("sum", "aten::add", X, X, Item.of(3));
    Item.Ref out = call("out", "aten::rsub", sum, Item.of(1));

    assertThat(run(ONE_TWO, out).toFloats()).containsExactly(-3, -7);
  }

  @Test
  void a_slice_is_bounded_as_python_bounds_it() {
    Tensor row = Tensor.of(Shape.of(5), 0, 1, 2, 3, 4);
    Item.Ref out =
        call("out", "aten::slice", X, Item.of(0), Item.of(-4), Item.of(Long.MAX_VALUE), Item.of(2));

    assertThat(run(row, out).toFloats()).containsExactly(1, 3);
  }

  @Test
  void parts_of_a_chunk_are_as_pytorch_cuts_them() {
    Tensor row = Tensor.of(Shape.of(5), 0, 1, 2, 3, 4);
    Item.Ref chunks = call("chunks", "aten::chunk", X, Item.of(2));
    Item.Ref out = call("out", "_operator.getitem", chunks, Item.of(1));

    assertThat(run(row, out).toFloats()).containsExactly(3, 4);
  }

  @Test
  void a_linear_layer_with_a_computed_weight_is_a_product() {
    Tensor weight = Tensor.of(Shape.of(1, 2), 10, 1);
    Item.Ref w = call("w", "aten::neg", new Item.Weight(new Parameter("w", weight)));
    Item.Ref out = call("out", "aten::linear", X, w);

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 1), -12));
  }

  @Test
  void a_weight_expanded_to_a_free_batch_waits_for_it() {
    Type free = Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2)));
    Item token = new Item.Weight(new Parameter("token", Tensor.of(Shape.of(1, 2), 7, 8)));
    Item.Ref size = call("size", "aten::size", X, Item.of(0));
    Item.Ref many = call("many", "aten::expand", token, new Item.Many(List.of(size, Item.of(-1))));
    Item.Ref out = call("out", "aten::cat", new Item.Many(List.of(many, X)), Item.of(1));
    var graph = Assembly.of(program(free, out), Layout.AS_FILE).graph();

    var folded = Passes.inference(graph).bind(Map.of("N", 1L));

    List<Datum> in = List.of(ONE_TWO);
    Tensor y = new Reference().compile(folded, Compilation.DEFAULT).run(in).get(0).tensor();
    assertThat(y.toFloats()).containsExactly(7, 8, 1, 2);
  }

  @Test
  void arguments_that_do_not_fit_are_an_error_at_the_node() {
    Item.Ref out = call("out", "aten::view", X, new Item.Many(List.of(Item.of(3))));

    var error = catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, out));

    assertThat(error.diagnosis().where()).contains("out");
    assertThat(error.diagnosis().what()).contains("1×2").contains("3");
  }

  @Test
  void an_argument_of_the_wrong_kind_is_an_error_at_the_node() {
    Item.Ref out = call("out", "aten::softmax", X, new Item.Text("last"));

    var error = catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, out));

    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::softmax)");
    assertThat(error.diagnosis().what())
        .contains("no known overload of aten::softmax takes (Tensor, last)");
  }
}
