package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownInputsTest {
  private final GraphBuilder builder = Graph.builder();
  private final Value x = builder.input("x", Type.float32(Shape.of(1, 2)));

  private static List<String> operators(Graph graph) {
    return graph.nodes().stream().map(Node::op).map(Op::title).toList();
  }

  private Graph given(Value out, Value input, Tensor tensor) {
    Graph whole = builder.build(List.of(out));
    Graph known = KnownInputs.apply(whole, Map.of(input, tensor)).graph();
    assertThat(known.inputs()).extracting(Value::name).containsExactly("x");
    Tensor point = Tensor.of(Shape.of(1, 2), 0.5f, -3);
    List<RuntimeValue> all = new ArrayList<>(List.of(point, tensor));
    assertThat(known.read(List.of(point), new Interpreter()))
        .isEqualTo(whole.read(all, new Interpreter()));
    return known;
  }

  private Value one(Op op, Value... in) {
    return builder.emit(op, List.of(in)).get(0);
  }

  @Test
  void rows_that_known_numbers_pick_are_constants() {
    Value ids = builder.input("ids", Type.of(Shape.of(1), DType.INT64));
    Value rows = builder.constant(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    Value out = one(new Add(), x, one(new Gather(0), rows, ids));
    Graph known = given(out, ids, Tensor.ofLongs(Shape.of(1), 2));
    assertThat(operators(known)).containsExactly("Add");
    assertThat(known.constants().values()).contains(Tensor.of(Shape.of(1, 2), 5, 6));
  }

  @Test
  void whole_numbers_are_converted_but_floats_are_not_multiplied() {
    Value rate = builder.input("sr", Type.of(Shape.SCALAR, DType.INT64));
    Value scaled =
        one(
            new Mul(),
            one(new Cast(DType.FLOAT32, true), rate),
            builder.constant(Tensor.scalar(0.1f)));
    Graph known = given(one(new Mul(), x, scaled), rate, Tensor.ofLongs(Shape.SCALAR, 16000));
    assertThat(operators(known)).containsExactly("Mul", "Mul");
  }

  @Test
  void given_floats_are_moved_and_compared_but_not_added() {
    Value state = builder.input("state", Type.float32(Shape.of(2, 1)));
    Value moved = one(new Permute(List.of(1, 0)), state);
    Value above = one(new Compare(Compare.Kind.LESS), builder.constant(Tensor.scalar(0)), moved);
    Value sum =
        one(new Add(), one(new Add(), moved, moved), one(new Cast(DType.FLOAT32, true), above));
    Graph known = given(one(new Add(), x, sum), state, Tensor.of(Shape.of(2, 1), 1, -1));
    assertThat(operators(known)).containsExactly("Add", "Add", "Add");
  }

  /** An execution may flush it to zero and compare that. Mutation: compare all given numbers. */
  @Test
  void a_number_that_may_be_flushed_is_not_compared() {
    Value state = builder.input("state", Type.float32(Shape.SCALAR));
    Value above = one(new Compare(Compare.Kind.LESS), builder.constant(Tensor.scalar(0)), state);
    Value out = one(new Add(), x, one(new Cast(DType.FLOAT32, true), above));
    Graph known = given(out, state, Tensor.scalar(Float.MIN_VALUE));
    assertThat(operators(known)).containsExactly("Compare", "Cast", "Add");
  }
}
