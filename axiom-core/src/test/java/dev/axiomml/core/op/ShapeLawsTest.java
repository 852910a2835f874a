package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shape rules with symbols, and operators on values whose axes lie in another order. */
class ShapeLawsTest {
  private static final long SEED = 31;

  static Stream<OpSample> samples() {
    return OpSamples.all().stream();
  }

  private static List<Tensor> run(Op op, List<Tensor> in) {
    return new Interpreter()
            .node(new Node(0, "sample", op, List.of(), List.of()), new ArrayList<RuntimeValue>(in))
            .stream()
            .map(RuntimeValue::tensor)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_symbol_bound_after_the_shape_rule_is_the_size_given_to_it(OpSample sample) {
    Shape first = sample.in().get(0);
    List<Type> fixed = sample.op().infer(types(sample.in()));
    for (int axis = 0; axis < first.rank(); axis++) {
      long size = first.size(axis);
      List<Shape> shapes = new ArrayList<>(sample.in());
      shapes.set(0, first.with(axis, Dim.symbol("S")));
      List<Shape> bound =
          sample.op().infer(types(shapes)).stream()
              .map(t -> t.shape().bind(symbol -> Dim.of(size)))
              .toList();
      assertThat(bound).as("axis %s", axis).isEqualTo(fixed.stream().map(Type::shape).toList());
    }
  }

  private static List<Type> types(List<Shape> shapes) {
    return shapes.stream().map(Type::float32).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_relaid_operator_makes_the_permuted_result_of_permuted_inputs(OpSample sample) {
    int rank = sample.in().stream().mapToInt(Shape::rank).max().orElseThrow();
    List<Tensor> in = sample.inputs(SEED).stream().map(t -> t.to(DType.FLOAT64)).toList();
    for (int[] order : orders(rank)) {
      Optional<ReorderedOp> rule =
          sample.op().relaid(in.stream().map(Tensor::type).toList(), order.clone());
      rule.ifPresent(relaid -> compare(sample, in, relaid, order));
    }
  }

  private static void compare(OpSample sample, List<Tensor> in, ReorderedOp relaid, int[] order) {
    List<Tensor> stored = new ArrayList<>();
    for (Tensor t : in) {
      boolean weight = relaid.weighted() && !stored.isEmpty();
      stored.add(weight ? t : lifted(t, order.length).permute(order));
    }
    List<Tensor> expected = run(sample.op(), in);
    List<Tensor> actual = run(relaid.op(), stored);
    for (int out = 0; out < expected.size(); out++) {
      double[] wanted = expected.get(out).permute(relaid.order()).toDoubles();
      assertThat(actual.get(out).shape())
          .as("order %s", List.of(IntStream.of(order).boxed().toArray()))
          .isEqualTo(expected.get(out).permute(relaid.order()).shape());
      for (int i = 0; i < wanted.length; i++) {
        assertThat(actual.get(out).doubleAt(i))
            .as("seed %s", SEED)
            .isCloseTo(wanted[i], within(1e-12));
      }
    }
  }

  private static Tensor lifted(Tensor tensor, int rank) {
    Shape ones = Shape.of(new long[rank - tensor.shape().rank()]);
    for (int axis = 0; axis < ones.rank(); axis++) {
      ones = ones.with(axis, Dim.ONE);
    }
    return tensor.reshape(ones.concat(tensor.shape()));
  }

  /** All orders of up to four axes, cyclic ones of more. */
  private static List<int[]> orders(int rank) {
    if (rank > 4) {
      return List.of(
          IntStream.range(0, rank).map(i -> (i + 1) % rank).toArray(),
          IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray());
    }
    List<int[]> orders = new ArrayList<>(List.of(new int[0]));
    for (int axis = 0; axis < rank; axis++) {
      orders = orders.stream().flatMap(o -> longer(o)).toList();
    }
    return orders;
  }

  private static Stream<int[]> longer(int[] order) {
    int next = order.length;
    return IntStream.rangeClosed(0, next)
        .mapToObj(
            at ->
                IntStream.concat(
                        IntStream.concat(IntStream.of(order).limit(at), IntStream.of(next)),
                        IntStream.of(order).skip(at))
                    .toArray());
  }
}
