package dev.axiomml.interop.pytorch.aten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What calls mean by their overloads, arguments and element types, and what is refused. */
class CallMeaningTest {
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
  void two_tensors_are_compared_by_max_and_not_reduced() {
    Item.Ref twice = call("twice", "aten::mul", X, Item.of(-1));
    Item.Ref out = call("out", "torch.ops.aten.max.other", X, twice);

    assertThat(run(Tensor.of(Shape.of(1, 2), 1, -2), out)).isEqualTo(ONE_TWO);
  }

  @Test
  void an_argument_by_name_that_no_row_reads_is_refused() {
    steps.add(
        new Step(
            "out",
            Target.of("torch.ops.aten.topk.default"),
            List.of(
                new Step.Argument("self", X),
                new Step.Argument("k", Item.of(1)),
                new Step.Argument("sorted", new Item.Flag(false))),
            List.of("out", "at"),
            true));

    var error =
        catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, new Item.Ref("out")));

    assertThat(error.diagnosis().what()).contains("argument sorted of topk.default is not read");
    assertThat(error.diagnosis().where()).isEqualTo("node out (torch.ops.aten.topk.default)");
    assertThat(error.diagnosis().why()).contains("lost in silence");
    assertThat(error.diagnosis().fix()).contains("call it without sorted");
  }

  @Test
  void an_argument_that_pytorch_does_not_have_is_refused() {
    steps.add(
        new Step(
            "out",
            Target.of("torch.ops.aten.relu.default"),
            List.of(new Step.Argument("self", X), new Step.Argument("slope", Item.of(1))),
            List.of("out"),
            false));

    var error =
        catchThrowableOfType(ModelImportException.class, () -> run(ONE_TWO, new Item.Ref("out")));

    assertThat(error.diagnosis().what()).isEqualTo("unknown argument slope");
    assertThat(error.diagnosis().why()).isEqualTo("relu.default takes [self]");
  }

  @Test
  void a_value_that_contradicts_the_file_is_refused() {
    Item.Ref out = call("out", "aten::neg", X);
    StatedTypes.Stated whole =
        new StatedTypes.Stated(
            Optional.of(DType.INT64), List.of(Optional.of(Dim.ONE), Optional.of(Dim.of(2))));
    StatedTypes stated =
        new StatedTypes(
            name -> name.equals("out") ? Optional.of(whole) : Optional.empty(),
            symbol -> StatedTypes.Range.ANY);
    Program plain = program(ONE_TWO.type(), out);
    Program program =
        new Program(plain.inputs(), plain.bound(), plain.steps(), plain.outputs(), stated);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> Assembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what())
        .isEqualTo("file says out is int64 1×2, importer infers float32 1×2");
    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::neg)");
  }

  @Test
  void a_free_size_that_contradicts_the_file_is_refused() {
    Item.Ref out = call("out", "aten::cat", new Item.Many(List.of(X, X)), Item.of(0));
    StatedTypes.Stated same =
        new StatedTypes.Stated(
            Optional.of(DType.FLOAT32),
            List.of(Optional.of(Dim.symbol("N")), Optional.of(Dim.of(2))));
    StatedTypes stated =
        new StatedTypes(
            name -> name.equals("out") ? Optional.of(same) : Optional.empty(),
            symbol -> StatedTypes.Range.ANY);
    Program plain = program(Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2))), out);
    Program program =
        new Program(plain.inputs(), plain.bound(), plain.steps(), plain.outputs(), stated);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> Assembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what()).contains("file says out is float32 N×2");
  }

  @Test
  void a_double_without_axes_does_not_widen_a_tensor_with_some() {
    Item half =
        new Item.Weight(new Parameter("half", Tensor.ofDoubles(Shape.SCALAR, DType.FLOAT64, 0.5)));
    Item.Ref product = call("product", "aten::mul", X, half);
    Item.Ref out = call("out", "aten::maximum", X, product);

    assertThat(run(ONE_TWO, out)).isEqualTo(ONE_TWO);
  }

  @Test
  void whole_numbers_stay_whole_when_their_quotient_is_rounded() {
    Item.Ref whole = call("whole", "aten::to", X, Item.of(4));
    steps.add(
        new Step(
            "out",
            Target.of("torch.ops.aten.div.Tensor_mode"),
            List.of(
                new Step.Argument("self", whole),
                new Step.Argument("other", whole),
                new Step.Argument("rounding_mode", new Item.Text("floor"))),
            List.of("out"),
            false));

    assertThat(run(ONE_TWO, new Item.Ref("out"))).isEqualTo(Tensor.ofLongs(Shape.of(1, 2), 1, 1));
  }

  @Test
  void a_quotient_rounded_down_is_that_of_the_exact_numbers() {
    Item.Ref out = call("out", "aten::floor_divide", X, new Item.Real(0.1));

    assertThat(run(Tensor.of(Shape.of(1, 2), 1, -1), out).toFloats()).containsExactly(9, -10);
  }

  @Test
  void numbers_are_rounded_to_decimals() {
    steps.add(
        new Step(
            "out",
            Target.of("torch.ops.aten.round.decimals"),
            List.of(new Step.Argument("self", X), new Step.Argument("decimals", Item.of(1))),
            List.of("out"),
            false));

    assertThat(run(Tensor.of(Shape.of(1, 2), 1.26f, -2.64f), new Item.Ref("out")).toFloats())
        .containsExactly(1.3f, -2.6f);
  }

  @Test
  void what_is_scattered_can_be_added() {
    Item at = new Item.Weight(new Parameter("at", Tensor.ofLongs(Shape.of(1, 2), 0, 0)));
    steps.add(
        new Step(
            "out",
            Target.of("torch.ops.aten.scatter.reduce"),
            List.of(
                new Step.Argument("self", X),
                new Step.Argument("dim", Item.of(1)),
                new Step.Argument("index", at),
                new Step.Argument("src", X),
                new Step.Argument("reduce", new Item.Text("add"))),
            List.of("out"),
            false));

    assertThat(run(ONE_TWO, new Item.Ref("out")).toFloats()).containsExactly(4, 2);
  }

  @Test
  void a_tensor_and_two_bounds_meet_in_one_type() {
    Item low = new Item.Weight(new Parameter("low", Tensor.ofLongs(Shape.SCALAR, 2)));
    Item high = new Item.Weight(new Parameter("high", Tensor.of(Shape.of(1), 2.5f)));
    Item.Ref truth = call("truth", "aten::gt", X, Item.of(1));
    Item.Ref out = call("out", "aten::clamp", truth, low, high);

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 2), 2, 2));
  }

  @Test
  void every_window_of_a_pool_is_divided_by_the_number_that_is_said() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Item.Ref out =
        call(
            "out",
            "aten::avg_pool2d",
            X,
            Item.of(2),
            Item.of(2),
            Item.of(0),
            new Item.Flag(true),
            new Item.Flag(false),
            Item.of(3));

    assertThat(run(x, out).toFloats()).containsExactly(4, 3, 5, 3);
  }

  @Test
  void where_the_maxima_of_a_pool_are_is_not_answered_in_silence() {
    Item.Ref both = call("both", "aten::max_pool2d_with_indices", X, Item.of(2));
    Item.Ref out = call("out", "_operator.getitem", both, Item.of(1));
    Tensor x = Tensor.zeros(Shape.of(1, 1, 4, 4));

    var error = catchThrowableOfType(ModelImportException.class, () -> run(x, out));

    assertThat(error.diagnosis().what()).contains("is the places of a pool's maxima");
    assertThat(error.diagnosis().why()).isEqualTo("that is not computed here");
    assertThat(error.diagnosis().fix()).contains("return the other outputs only");
  }

  @Test
  void every_number_but_zero_is_true() {
    Item.Ref truth = call("truth", "aten::lt", X, Item.of(0));
    Item.Ref half = call("half", "aten::full_like", truth, new Item.Real(0.5));
    Item.Ref out = call("out", "aten::to", half, Item.of(6));

    assertThat(run(ONE_TWO, out).toFloats()).containsExactly(1, 1);
  }

  @Test
  void what_is_put_into_a_tensor_takes_its_type() {
    Item.Ref whole = call("whole", "aten::to", X, Item.of(4));
    Item.Ref out = call("out", "aten::select_scatter", whole, half(), Item.of(0), Item.of(0));

    assertThat(run(ONE_TWO, out)).isEqualTo(Tensor.ofLongs(Shape.of(1, 2), 1, -1));
  }

  private static Item half() {
    return new Item.Weight(new Parameter("half", Tensor.of(Shape.of(2), 1.5f, -1.5f)));
  }

  @Test
  void a_factor_for_one_of_two_axes_is_not_lost() {
    Item sizes = Item.of(List.of(2, 3));
    Item.Ref out = call("out", "aten::upsample_nearest2d", X, sizes, new Item.Real(0.5));
    Tensor x = Tensor.zeros(Shape.of(1, 1, 7, 5));

    var error = catchThrowableOfType(ModelImportException.class, () -> run(x, out));

    assertThat(error.diagnosis().what()).isEqualTo("a resize with a factor for some of its axes");
    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::upsample_nearest2d)");
    assertThat(error.diagnosis().why()).contains("the others by their sizes");
    assertThat(error.diagnosis().fix()).contains("a factor for each axis");
  }

  @Test
  void a_bilinear_call_has_a_matrix_for_each_output() {
    float[] numbers = {-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6};
    Item matrices = new Item.Weight(new Parameter("a", Tensor.of(Shape.of(2, 2, 3), numbers)));
    Item bias = new Item.Weight(new Parameter("b", Tensor.of(Shape.of(2), 0.5f, -1)));
    Tensor right = Tensor.of(Shape.of(2, 3), 1, 0, 2, -1, 1, 0.5f);
    Item second = new Item.Weight(new Parameter("x2", right));

    Item.Ref out = call("out", "torch.ops.aten.bilinear.default", X, second, matrices, bias);

    assertThat(run(Tensor.of(Shape.of(2, 2), 1, 2, 3, -1), out).toFloats())
        .containsExactly(-14.5f, 38, -2, 2.5f);
  }
}
