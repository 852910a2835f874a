package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.DoubleGradients;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What nests, windows and moves promise to every reading that is derived from them. */
class NestLawsTest {
  private static final long SEED = 23;

  static Stream<OpSample> sums() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof SumOp);
  }

  static Stream<OpSample> moves() {
    return sums().filter(s -> s.op() instanceof MoveOp);
  }

  static Stream<OpSample> windows() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof WindowOp);
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

  private static List<Tensor> with(List<Tensor> in, int operand, Tensor other) {
    List<Tensor> changed = new ArrayList<>(in);
    changed.set(operand, other);
    return changed;
  }

  /** What an operand's share of a run is: the run less the run without it. */
  private static double[] share(SumOp op, List<Tensor> in, int operand) {
    Tensor none = Tensor.zeros(in.get(operand).shape()).to(DType.FLOAT64);
    double[] share = run(op, in).toDoubles();
    double[] still = run(op, with(in, operand, none)).toDoubles();
    Arrays.setAll(share, i -> share[i] - still[i]);
    return share;
  }

  @ParameterizedTest
  @MethodSource("sums")
  void a_run_is_linear_in_each_operand_by_its_matrix(OpSample sample) {
    SumOp op = (SumOp) sample.op();
    List<Tensor> in = doubles(sample);
    for (int operand = 0; operand < in.size(); operand++) {
      double[] expected = Matrix.of(op, operand, in).times(in.get(operand).toDoubles());
      double[] share = share(op, in, operand);
      for (int i = 0; i < expected.length; i++) {
        assertThat(share[i])
            .as("seed %s, operand %s, output %s", SEED, operand, i)
            .isCloseTo(expected[i], within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sums")
  void a_run_of_zeros_is_the_fill(OpSample sample) {
    SumOp op = (SumOp) sample.op();
    List<Tensor> zeros =
        doubles(sample).stream().map(t -> Tensor.zeros(t.shape()).to(DType.FLOAT64)).toList();
    double[] expected = new double[op.out(sample.in()).count()];
    offset(op, zeros, expected);
    assertThat(run(op, zeros).toDoubles()).containsExactly(expected);
  }

  /** A move's fill holds only where nothing is moved to. */
  private static void offset(SumOp op, List<Tensor> in, double[] y) {
    List<Shape> shapes = in.stream().map(Tensor::shape).toList();
    Optional<Tensor> fill = op instanceof MoveOp move ? move.fill(shapes) : Optional.empty();
    if (fill.isEmpty()) {
      return;
    }
    Tensor offset = fill.get();
    Shape out = op.out(shapes);
    int[] at = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      if (!drawn(op, in, i)) {
        y[i] += offset.doubleAt(at[i]);
      }
    }
  }

  private static boolean drawn(SumOp op, List<Tensor> in, int out) {
    for (int operand = 0; operand < in.size(); operand++) {
      if (Arrays.stream(Matrix.of(op, operand, in).hits()[out]).sum() > 0) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("sums")
  void nests_with_their_roles_exchanged_are_the_adjoint(OpSample sample) {
    SumOp op = (SumOp) sample.op();
    double[] g = Tensor.random(op.out(sample.in()), SEED + 9, -2, 2).toDoubles();
    List<Tensor> in = doubles(sample);
    List<Type> types = in.stream().map(Tensor::type).toList();
    List<double[]> x = in.stream().map(Tensor::toDoubles).toList();
    List<double[]> back = DoubleGradients.of(op, types, x, List.of(g));
    for (int operand = 0; operand < in.size(); operand++) {
      double left = dot(share(op, in, operand), g);
      double right = dot(back.get(operand), x.get(operand));
      assertThat(left).as("seed %s, operand %s", SEED, operand).isCloseTo(right, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("sums")
  void no_image_of_a_unit_box_is_larger_than_the_absolute_image(OpSample sample) {
    SumOp op = (SumOp) sample.op();
    List<Tensor> in = doubles(sample);
    Random random = new Random(SEED);
    for (int operand = 0; operand < in.size(); operand++) {
      Shape shape = in.get(operand).shape();
      double[] x = random.doubles(shape.count()).map(v -> v < 0.5 ? -1 : 1).toArray();
      List<Tensor> signs = with(in, operand, Tensor.ofDoubles(shape, DType.FLOAT64, x));
      double[] share = share(op, signs, operand);
      double[][] w = Matrix.of(op, operand, in).w();
      for (int i = 0; i < share.length; i++) {
        double most = Arrays.stream(w[i]).map(Math::abs).sum();
        assertThat(Math.abs(share[i])).as("output %s", i).isLessThanOrEqualTo(most + 1e-10);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_move_draws_each_output_at_most_once_and_with_weight_one(OpSample sample) {
    SumOp op = (SumOp) sample.op();
    int[] draws = new int[op.out(sample.in()).count()];
    for (int operand = 0; operand < sample.in().size(); operand++) {
      Matrix matrix = Matrix.of(op, operand, doubles(sample));
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
}
