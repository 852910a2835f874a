package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final Dim BATCH = Dim.symbol("N");

  private static Graph network() {
    GraphBuilder b = Graph.builder();
    Value x =
        b.input("x", Type.of(Shape.of(BATCH, Dim.of(2), Dim.of(6), Dim.of(6)), DType.FLOAT32));
    Value image = b.one(Permute.of(0, 2, 3, 1), List.of(x));
    Value conv =
        b.weighted(
            new Conv(WindowGeometry.of(List.of(3, 3)), 1),
            image,
            List.of(OpSamples.weight(3, 3, 2, 4)));
    Value norm =
        b.weighted(new BatchNorm(1e-3), conv, List.of(OpSamples.weight(4), OpSamples.positive(4)));
    Value file = b.one(Permute.of(0, 3, 1, 2), List.of(norm));
    Value relu = b.one(new Dropout(0.5), b.emit(new Relu(), List.of(file)));
    Value back = b.one(Permute.of(0, 2, 3, 1), List.of(relu));
    Value times = b.one(new MatMul(), List.of(back, b.constant(OpSamples.weight(4, 3).tensor())));
    return b.build(b.emit(new Softmax(-1), List.of(times)));
  }

  @Test
  void the_inference_graph_computes_the_same_with_fewer_nodes() {
    Graph before = network();
    Graph after = PassPipelines.inference(before).graph();
    Tensor x = Tensor.random(Shape.of(3, 2, 6, 6), 5, -1, 1);
    Tensor expected = before.read(List.of(x), new Interpreter()).get(0).tensor();
    Tensor actual = after.read(List.of(x), new Interpreter()).get(0).tensor();
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.doubleAt(i)).isCloseTo(expected.doubleAt(i), within(1e-6));
    }
    assertThat(after.nodes().stream().map(n -> n.op().title()).toList())
        .containsExactly("Permute", "Conv", "Relu", "Dense", "Softmax");
  }

  @Test
  void binding_the_batch_fixes_every_shape() {
    Graph bound = network().bind(Map.of("N", 2L)).graph();
    assertThat(bound.outputs().get(0).type().shape()).isEqualTo(Shape.of(2, 4, 4, 3));
  }
}
