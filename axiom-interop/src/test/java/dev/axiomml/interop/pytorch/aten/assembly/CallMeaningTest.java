package dev.axiomml.interop.pytorch.aten.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import dev.axiomml.interop.pytorch.aten.StatedTypes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What calls mean by their overloads, arguments and element types, and what is refused. */
class CallMeaningTest {
  private final SmallProgram small = new SmallProgram();

  @Test
  void two_tensors_are_compared_by_max_and_not_reduced() {
    AtenItem.Ref twice = small.call("twice", "aten::mul", SmallProgram.X, AtenItem.of(-1));
    AtenItem.Ref out = small.call("out", "torch.ops.aten.max.other", SmallProgram.X, twice);

    assertThat(small.run(Tensor.of(Shape.of(1, 2), 1, -2), out)).isEqualTo(SmallProgram.ONE_TWO);
  }

  @Test
  void an_argument_by_name_that_no_row_reads_is_refused() {
    small.steps.add(
        new AtenStep(
            "out",
            CallTarget.of("torch.ops.aten.topk.default"),
            List.of(
                new AtenStep.Argument("self", SmallProgram.X),
                new AtenStep.Argument("k", AtenItem.of(1)),
                new AtenStep.Argument("sorted", new AtenItem.Flag(false))),
            List.of("out", "at"),
            true));

    var error =
        catchThrowableOfType(
            ModelImportException.class,
            () -> small.run(SmallProgram.ONE_TWO, new AtenItem.Ref("out")));

    assertThat(error.diagnosis().what()).contains("argument sorted of topk.default is not read");
    assertThat(error.diagnosis().where()).isEqualTo("node out (torch.ops.aten.topk.default)");
    assertThat(error.diagnosis().why()).contains("lost in silence");
    assertThat(error.diagnosis().fix()).contains("call it without sorted");
  }

  @Test
  void an_argument_that_pytorch_does_not_have_is_refused() {
    small.steps.add(
        new AtenStep(
            "out",
            CallTarget.of("torch.ops.aten.relu.default"),
            List.of(
                new AtenStep.Argument("self", SmallProgram.X),
                new AtenStep.Argument("slope", AtenItem.of(1))),
            List.of("out"),
            false));

    var error =
        catchThrowableOfType(
            ModelImportException.class,
            () -> small.run(SmallProgram.ONE_TWO, new AtenItem.Ref("out")));

    assertThat(error.diagnosis().what()).isEqualTo("unknown argument slope");
    assertThat(error.diagnosis().why()).isEqualTo("relu.default takes [self]");
  }

  @Test
  void a_value_that_contradicts_the_file_is_refused() {
    AtenItem.Ref out = small.call("out", "aten::neg", SmallProgram.X);
    StatedTypes.Stated whole =
        new StatedTypes.Stated(
            Optional.of(DType.INT64), List.of(Optional.of(Dim.ONE), Optional.of(Dim.of(2))));
    StatedTypes stated =
        new StatedTypes(
            name -> name.equals("out") ? Optional.of(whole) : Optional.empty(),
            symbol -> StatedTypes.Range.ANY);
    AtenProgram plain = small.program(SmallProgram.ONE_TWO.type(), out);
    AtenProgram program =
        new AtenProgram(plain.inputs(), plain.bound(), plain.steps(), plain.outputs(), stated);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> ProgramAssembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what())
        .isEqualTo("file says out is int64 1×2, importer infers float32 1×2");
    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::neg)");
  }

  @Test
  void a_free_size_that_contradicts_the_file_is_refused() {
    AtenItem.Ref out =
        small.call(
            "out",
            "aten::cat",
            new AtenItem.Many(List.of(SmallProgram.X, SmallProgram.X)),
            AtenItem.of(0));
    StatedTypes.Stated same =
        new StatedTypes.Stated(
            Optional.of(DType.FLOAT32),
            List.of(Optional.of(Dim.symbol("N")), Optional.of(Dim.of(2))));
    StatedTypes stated =
        new StatedTypes(
            name -> name.equals("out") ? Optional.of(same) : Optional.empty(),
            symbol -> StatedTypes.Range.ANY);
    AtenProgram plain = small.program(Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2))), out);
    AtenProgram program =
        new AtenProgram(plain.inputs(), plain.bound(), plain.steps(), plain.outputs(), stated);

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> ProgramAssembly.of(program, Layout.AS_FILE));

    assertThat(error.diagnosis().what()).contains("file says out is float32 N×2");
  }

  @Test
  void a_double_without_axes_does_not_widen_a_tensor_with_some() {
    AtenItem half =
        new AtenItem.Weight(
            new Parameter("half", Tensor.ofDoubles(Shape.SCALAR, DType.FLOAT64, 0.5)));
    AtenItem.Ref product = small.call("product", "aten::mul", SmallProgram.X, half);
    AtenItem.Ref out = small.call("out", "aten::maximum", SmallProgram.X, product);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(SmallProgram.ONE_TWO);
  }

  @Test
  void whole_numbers_stay_whole_when_their_quotient_is_rounded() {
    AtenItem.Ref whole = small.call("whole", "aten::to", SmallProgram.X, AtenItem.of(4));
    small.steps.add(
        new AtenStep(
            "out",
            CallTarget.of("torch.ops.aten.div.Tensor_mode"),
            List.of(
                new AtenStep.Argument("self", whole),
                new AtenStep.Argument("other", whole),
                new AtenStep.Argument("rounding_mode", new AtenItem.Text("floor"))),
            List.of("out"),
            false));

    assertThat(small.run(SmallProgram.ONE_TWO, new AtenItem.Ref("out")))
        .isEqualTo(Tensor.ofLongs(Shape.of(1, 2), 1, 1));
  }

  @Test
  void a_quotient_rounded_down_is_that_of_the_exact_numbers() {
    AtenItem.Ref out =
        small.call("out", "aten::floor_divide", SmallProgram.X, new AtenItem.Real(0.1));

    assertThat(small.run(Tensor.of(Shape.of(1, 2), 1, -1), out).toFloats()).containsExactly(9, -10);
  }

  @Test
  void numbers_are_rounded_to_decimals() {
    small.steps.add(
        new AtenStep(
            "out",
            CallTarget.of("torch.ops.aten.round.decimals"),
            List.of(
                new AtenStep.Argument("self", SmallProgram.X),
                new AtenStep.Argument("decimals", AtenItem.of(1))),
            List.of("out"),
            false));

    assertThat(
            small.run(Tensor.of(Shape.of(1, 2), 1.26f, -2.64f), new AtenItem.Ref("out")).toFloats())
        .containsExactly(1.3f, -2.6f);
  }

  @Test
  void what_is_scattered_can_be_added() {
    AtenItem at = new AtenItem.Weight(new Parameter("at", Tensor.ofLongs(Shape.of(1, 2), 0, 0)));
    small.steps.add(
        new AtenStep(
            "out",
            CallTarget.of("torch.ops.aten.scatter.reduce"),
            List.of(
                new AtenStep.Argument("self", SmallProgram.X),
                new AtenStep.Argument("dim", AtenItem.of(1)),
                new AtenStep.Argument("index", at),
                new AtenStep.Argument("src", SmallProgram.X),
                new AtenStep.Argument("reduce", new AtenItem.Text("add"))),
            List.of("out"),
            false));

    assertThat(small.run(SmallProgram.ONE_TWO, new AtenItem.Ref("out")).toFloats())
        .containsExactly(4, 2);
  }

  @Test
  void a_tensor_and_two_bounds_meet_in_one_type() {
    AtenItem low = new AtenItem.Weight(new Parameter("low", Tensor.ofLongs(Shape.SCALAR, 2)));
    AtenItem high = new AtenItem.Weight(new Parameter("high", Tensor.of(Shape.of(1), 2.5f)));
    AtenItem.Ref truth = small.call("truth", "aten::gt", SmallProgram.X, AtenItem.of(1));
    AtenItem.Ref out = small.call("out", "aten::clamp", truth, low, high);

    assertThat(small.run(SmallProgram.ONE_TWO, out)).isEqualTo(Tensor.of(Shape.of(1, 2), 2, 2));
  }

  @Test
  void every_window_of_a_pool_is_divided_by_the_number_that_is_said() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    AtenItem.Ref out =
        small.call(
            "out",
            "aten::avg_pool2d",
            SmallProgram.X,
            AtenItem.of(2),
            AtenItem.of(2),
            AtenItem.of(0),
            new AtenItem.Flag(true),
            new AtenItem.Flag(false),
            AtenItem.of(3));

    assertThat(small.run(x, out).toFloats()).containsExactly(4, 3, 5, 3);
  }

  @Test
  void where_the_maxima_of_a_pool_are_is_not_answered_in_silence() {
    AtenItem.Ref both =
        small.call("both", "aten::max_pool2d_with_indices", SmallProgram.X, AtenItem.of(2));
    AtenItem.Ref out = small.call("out", "_operator.getitem", both, AtenItem.of(1));
    Tensor x = Tensor.zeros(Shape.of(1, 1, 4, 4));

    var error = catchThrowableOfType(ModelImportException.class, () -> small.run(x, out));

    assertThat(error.diagnosis().what()).contains("is the places of a pool's maxima");
    assertThat(error.diagnosis().why()).isEqualTo("that is not computed here");
    assertThat(error.diagnosis().fix()).contains("return the other outputs only");
  }

  @Test
  void every_number_but_zero_is_true() {
    AtenItem.Ref truth = small.call("truth", "aten::lt", SmallProgram.X, AtenItem.of(0));
    AtenItem.Ref half = small.call("half", "aten::full_like", truth, new AtenItem.Real(0.5));
    AtenItem.Ref out = small.call("out", "aten::to", half, AtenItem.of(6));

    assertThat(small.run(SmallProgram.ONE_TWO, out).toFloats()).containsExactly(1, 1);
  }

  @Test
  void what_is_put_into_a_tensor_takes_its_type() {
    AtenItem.Ref whole = small.call("whole", "aten::to", SmallProgram.X, AtenItem.of(4));
    AtenItem.Ref out =
        small.call("out", "aten::select_scatter", whole, half(), AtenItem.of(0), AtenItem.of(0));

    assertThat(small.run(SmallProgram.ONE_TWO, out))
        .isEqualTo(Tensor.ofLongs(Shape.of(1, 2), 1, -1));
  }

  private static AtenItem half() {
    return new AtenItem.Weight(new Parameter("half", Tensor.of(Shape.of(2), 1.5f, -1.5f)));
  }

  @Test
  void a_factor_for_one_of_two_axes_is_not_lost() {
    AtenItem sizes = AtenItem.of(List.of(2, 3));
    AtenItem.Ref out =
        small.call(
            "out", "aten::upsample_nearest2d", SmallProgram.X, sizes, new AtenItem.Real(0.5));
    Tensor x = Tensor.zeros(Shape.of(1, 1, 7, 5));

    var error = catchThrowableOfType(ModelImportException.class, () -> small.run(x, out));

    assertThat(error.diagnosis().what()).isEqualTo("a resize with a factor for some of its axes");
    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::upsample_nearest2d)");
    assertThat(error.diagnosis().why()).contains("the others by their sizes");
    assertThat(error.diagnosis().fix()).contains("a factor for each axis");
  }

  @Test
  void a_bilinear_call_has_a_matrix_for_each_output() {
    float[] numbers = {-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6};
    AtenItem matrices =
        new AtenItem.Weight(new Parameter("a", Tensor.of(Shape.of(2, 2, 3), numbers)));
    AtenItem bias = new AtenItem.Weight(new Parameter("b", Tensor.of(Shape.of(2), 0.5f, -1)));
    Tensor right = Tensor.of(Shape.of(2, 3), 1, 0, 2, -1, 1, 0.5f);
    AtenItem second = new AtenItem.Weight(new Parameter("x2", right));

    AtenItem.Ref out =
        small.call(
            "out", "torch.ops.aten.bilinear.default", SmallProgram.X, second, matrices, bias);

    assertThat(small.run(Tensor.of(Shape.of(2, 2), 1, 2, 3, -1), out).toFloats())
        .containsExactly(-14.5f, 38, -2, 2.5f);
  }
}
