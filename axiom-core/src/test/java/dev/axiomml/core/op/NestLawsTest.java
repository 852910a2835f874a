package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What nests, windows and moves promise to every reading that is derived from them. */
class NestLawsTest {
  private static final long SEED = 23;

  static Stream<OpSample> affine() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof AffineOp);
  }

  static Stream<OpSample> moves() {
    return affine().filter(s -> s.op() instanceof MoveOp);
  }

  static Stream<OpSample> windows() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof WindowOp);
  }

  static Stream<OpSample> bilinear() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof BilinearOp);
  }

  private static Tensor run(Op op, List<Tensor> in) {
    return new Interpreter()
        .node(new Node(0, "sample", op, List.of(), List.of()), new ArrayList<RuntimeValue>(in))
        .get(0)
        .tensor();
  }

  private static List<Tensor> doubles(OpSample sample) {
    return sample.inputs(SEED).stream().map(t -> t.to(DType.FLOAT64)).toList();
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("affine")
  void a_run_is_the_matrix_times_the_inputs_plus_the_offset(OpSample sample) {
    AffineOp op = (AffineOp) sample.op();
    List<Tensor> in = doubles(sample);
    double[] expected = new double[op.out(sample.in()).count()];
    for (int operand = 0; operand < in.size(); operand++) {
      double[] part = Matrix.of(op, operand, sample.in()).times(in.get(operand).toDoubles());
      Arrays.setAll(expected, i -> expected[i] + part[i]);
    }
    offset(op, sample.in(), expected);
    Tensor y = run(op, in);
    for (int i = 0; i < expected.length; i++) {
      assertThat(y.doubleAt(i))
          .as("seed %s, output %s", SEED, i)
          .isCloseTo(expected[i], within(1e-12));
    }
  }

  /** A move's offset holds only where nothing is moved to. */
  private static void offset(AffineOp op, List<Shape> in, double[] y) {
    if (op.offset(in).isEmpty()) {
      return;
    }
    Tensor offset = op.offset(in).get();
    Shape out = op.out(in);
    int[] at = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      if (!(op instanceof MoveOp) || !drawn(op, in, i)) {
        y[i] += offset.doubleAt(at[i]);
      }
    }
  }

  private static boolean drawn(AffineOp op, List<Shape> in, int out) {
    for (int operand = 0; operand < in.size(); operand++) {
      if (Arrays.stream(Matrix.of(op, operand, in).hits()[out]).sum() > 0) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("affine")
  void nests_with_their_roles_exchanged_are_the_adjoint(OpSample sample) {
    AffineOp op = (AffineOp) sample.op();
    double[] g = Tensor.random(op.out(sample.in()), SEED + 9, -2, 2).toDoubles();
    List<Tensor> in = doubles(sample);
    List<Tensor> zeros = in.stream().map(t -> Tensor.zeros(t.shape()).to(DType.FLOAT64)).toList();
    double[] moved = run(op, in).toDoubles();
    double[] still = run(op, zeros).toDoubles();
    double left = 0;
    for (int i = 0; i < g.length; i++) {
      left += (moved[i] - still[i]) * g[i];
    }
    double right = 0;
    for (int operand = 0; operand < in.size(); operand++) {
      double[] back = new double[in.get(operand).size()];
      double[] weights = op.coefficients(sample.in()).toDoubles();
      for (LoopNest nest : op.nests(operand, sample.in())) {
        LinearEngine.plain().run(List.of(nest.transposed()), back, g, weights);
      }
      right += dot(back, in.get(operand).toDoubles());
    }
    assertThat(left).as("seed %s", SEED).isCloseTo(right, within(1e-10));
  }

  @ParameterizedTest
  @MethodSource("affine")
  void no_image_of_a_unit_box_is_larger_than_the_absolute_image(OpSample sample) {
    AffineOp op = (AffineOp) sample.op();
    List<Tensor> signs = new ArrayList<>();
    Random random = new Random(SEED);
    for (Shape shape : sample.in()) {
      double[] x = random.doubles(shape.count()).map(v -> v < 0.5 ? -1 : 1).toArray();
      signs.add(Tensor.ofDoubles(shape, DType.FLOAT64, x));
    }
    List<Tensor> zeros =
        signs.stream().map(t -> Tensor.zeros(t.shape()).to(DType.FLOAT64)).toList();
    double[] moved = run(op, signs).toDoubles();
    double[] still = run(op, zeros).toDoubles();
    double[] most = absolute(op, sample.in());
    for (int i = 0; i < moved.length; i++) {
      double reach = Math.abs(moved[i] - still[i]);
      assertThat(!(reach <= most[i] + 1e-12)).as("seed %s, output %s", SEED, i).isFalse();
    }
  }

  private static double[] absolute(AffineOp op, List<Shape> in) {
    double[] most = new double[op.out(in).count()];
    for (int operand = 0; operand < in.size(); operand++) {
      double[][] w = Matrix.of(op, operand, in).w();
      Arrays.setAll(most, i -> most[i] + Arrays.stream(w[i]).map(Math::abs).sum());
    }
    return most;
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_move_draws_each_output_at_most_once_and_with_weight_one(OpSample sample) {
    AffineOp op = (AffineOp) sample.op();
    int[] draws = new int[op.out(sample.in()).count()];
    for (int operand = 0; operand < sample.in().size(); operand++) {
      Matrix matrix = Matrix.of(op, operand, sample.in());
      Arrays.setAll(draws, i -> draws[i] + Arrays.stream(matrix.hits()[i]).sum());
      assertThat(Arrays.stream(matrix.w()).flatMapToDouble(Arrays::stream).toArray())
          .containsOnly(0, 1);
    }
    assertThat(Arrays.stream(draws).max().orElseThrow()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT64", "BOOL", "STRING", "FLOAT16", "UINT8"})
  void a_move_moves_elements_of_any_type_as_it_moves_floats(DType dtype) {
    moves()
        .filter(s -> !(s.op() instanceof Pad pad) || pad.value() == 0)
        .forEach(
            sample -> {
              List<Tensor> places = numbered(sample.in());
              Tensor moved = run(sample.op(), places);
              List<Tensor> typed = places.stream().map(t -> typed(t, dtype)).toList();
              assertThat(run(sample.op(), typed)).as("%s", sample).isEqualTo(typed(moved, dtype));
            });
  }

  /** Every element its own number, counting from 1 through all inputs; 0 is left for fills. */
  private static List<Tensor> numbered(List<Shape> in) {
    List<Tensor> tensors = new ArrayList<>();
    int next = 1;
    for (Shape shape : in) {
      float[] x = new float[shape.count()];
      for (int i = 0; i < x.length; i++) {
        x[i] = next++;
      }
      tensors.add(Tensor.of(shape, x));
    }
    return tensors;
  }

  private static Tensor typed(Tensor places, DType dtype) {
    if (dtype != DType.STRING) {
      return dtype == DType.BOOL
          ? Tensor.ofIntegers(
              places.shape(),
              dtype,
              Arrays.stream(places.toDoubles()).mapToLong(x -> (long) x % 2).toArray())
          : places.to(dtype);
    }
    String[] texts = new String[places.size()];
    Arrays.setAll(texts, i -> places.floatAt(i) == 0 ? "" : "t" + places.floatAt(i));
    return Tensor.ofTexts(places.shape(), texts);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void every_output_has_one_window_and_its_largest_is_the_run(OpSample sample) {
    WindowOp op = (WindowOp) sample.op();
    double[] x = sample.inputs(SEED).get(0).toDoubles();
    double[] largest = new double[op.out(sample.in().get(0)).count()];
    int[] times = new int[largest.length];
    op.windows(
        sample.in().get(0),
        (out, members, count) -> {
          times[out]++;
          largest[out] =
              Arrays.stream(members, 0, count)
                  .mapToDouble(i -> x[i])
                  .max()
                  .orElse(Double.NEGATIVE_INFINITY);
        });
    assertThat(times).containsOnly(1);
    assertThat(run(op, sample.inputs(SEED)).toDoubles()).containsExactly(largest);
  }

  @ParameterizedTest
  @MethodSource("bilinear")
  void a_product_is_linear_in_each_operand(OpSample sample) {
    List<Tensor> in = doubles(sample);
    double[] y = run(sample.op(), in).toDoubles();
    for (int side = 0; side < 2; side++) {
      List<Tensor> doubled = new ArrayList<>(in);
      double[] twice = Arrays.stream(in.get(side).toDoubles()).map(v -> 2 * v).toArray();
      doubled.set(side, Tensor.ofDoubles(in.get(side).shape(), DType.FLOAT64, twice));
      double[] actual = run(sample.op(), doubled).toDoubles();
      for (int i = 0; i < y.length; i++) {
        assertThat(actual[i]).as("seed %s", SEED).isCloseTo(2 * y[i], within(1e-12));
      }
    }
  }
}
