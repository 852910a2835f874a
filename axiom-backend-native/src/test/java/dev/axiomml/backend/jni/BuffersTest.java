package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuffersTest {
  private static final float UNTOUCHED = 77;
  private final Graph graph = RandomNet.of(5, 2);
  private final Type in = graph.inputs().get(0).type();
  private final Type out = graph.outputs().get(0).type();

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  static Stream<IntFunction<FloatBuffer>> kinds() {
    return Stream.of(
        FloatBuffer::allocate,
        BuffersTest::direct,
        n -> ByteBuffer.allocateDirect(4 * n).order(ByteOrder.BIG_ENDIAN).asFloatBuffer(),
        n -> {
          ByteBuffer odd = ByteBuffer.allocateDirect(4 * n + 1).position(1).slice();
          return odd.order(ByteOrder.nativeOrder()).asFloatBuffer();
        });
  }

  private static FloatBuffer direct(int n) {
    return ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void buffers_of_every_kind_are_read_and_written_from_their_positions(
      IntFunction<FloatBuffer> kind) {
    Tensor x = Tensor.random(in.shape(), 4, -1, 1);
    Tensor expected = Graphs.standard(graph, List.of(x));
    FloatBuffer given = kind.apply(x.size() + 5);
    given.put(3, x.toFloats());
    FloatBuffer made = kind.apply(expected.size() + 5);
    for (int i = 0; i < made.capacity(); i++) {
      made.put(i, UNTOUCHED);
    }
    given.position(3);
    made.position(2);
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT)) {
      plan.run(given, made);
    }
    assertThat(List.of(given.position(), made.position())).containsExactly(3, 2);
    float[] all = new float[made.capacity()];
    made.get(0, all);
    for (int i = 0; i < all.length; i++) {
      boolean inside = i >= 2 && i < 2 + expected.size();
      assertThat(all[i])
          .as("element %d", i)
          .isEqualTo(inside ? expected.floatAt(i - 2) : UNTOUCHED);
    }
  }

  @Test
  void direct_buffers_are_used_in_place() {
    RunFrame frame = new RunFrame(List.of(4, 4), List.of());
    FloatBuffer x = direct(8);
    frame.input(0, x);
    frame.output(1, x.duplicate().position(3));
    assertThat(frame.overlap(0, 1)).isTrue();
    frame.output(1, x.duplicate().position(4));
    assertThat(frame.overlap(0, 1)).isFalse();
  }

  @Test
  void tensors_over_direct_memory_give_the_same_numbers() {
    Tensor x = Tensor.random(in.shape(), 4, -1, 1);
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * x.size()).order(ByteOrder.LITTLE_ENDIAN);
    memory.asFloatBuffer().put(x.toFloats());
    Tensor same = TensorMemory.adopt(in.shape(), DType.FLOAT32, memory);
    assertThat(Graphs.standard(graph, List.of(same))).isEqualTo(Graphs.standard(graph, List.of(x)));
  }

  @Test
  void an_output_over_an_input_is_refused() {
    int n = Math.max(in.shape().count(), out.shape().count());
    FloatBuffer both = direct(n);
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT)) {
      assertThatThrownBy(() -> plan.run(both, both))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("overlaps")
          .hasMessageContaining("memory of its own");
    }
  }

  @Test
  void a_buffer_with_too_little_room_is_refused() {
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT)) {
      FloatBuffer small = direct(out.shape().count() - 1);
      assertThatThrownBy(() -> plan.run(direct(in.shape().count()), small))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("output buffer");
    }
  }

  @Test
  void several_outputs_some_of_them_inputs_and_constants() {
    var builder = Graph.builder();
    var x = builder.input("x", Type.float32(Shape.of(2, 3)));
    var relu = builder.emit(new dev.axiomml.core.op.scalar.Relu(), List.of(x)).get(0);
    var one = builder.constant(Tensor.of(Shape.of(2), 5, 6));
    Graph many = builder.build(List.of(relu, x, one, relu));
    Tensor given = Tensor.of(Shape.of(2, 3), -1, 2, -3, 4, -5, 6);
    List<Tensor> y = Graphs.run(many, List.of(given), Compilation.DEFAULT);
    assertThat(y.get(0).toFloats()).containsExactly(0, 2, 0, 4, 0, 6);
    assertThat(y.get(1)).isEqualTo(given);
    assertThat(y.get(2).toFloats()).containsExactly(5, 6);
    assertThat(y.get(3)).isEqualTo(y.get(0));
  }

  static Stream<Backend> backends() {
    return Stream.of(new NativeBackend(), new ReferenceBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_first_of_several_outputs_is_written(Backend backend) {
    var builder = Graph.builder();
    var x = builder.input("x", Type.float32(Shape.of(2)));
    var relu = builder.emit(new dev.axiomml.core.op.scalar.Relu(), List.of(x)).get(0);
    Graph many = builder.build(List.of(relu, x));
    FloatBuffer made = direct(3).put(2, UNTOUCHED);
    try (Plan plan = backend.compile(many, Compilation.DEFAULT)) {
      plan.run(direct(2).put(0, new float[] {-1, 5}), made);
    }
    float[] all = new float[3];
    made.get(0, all);
    assertThat(all).containsExactly(0, 5, UNTOUCHED);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_plan_of_two_inputs_is_refused(Backend backend) {
    Graph two = Graphs.of(new dev.axiomml.core.op.pair.Add(), List.of(Shape.of(2), Shape.of(2)));
    try (Plan plan = backend.compile(two, Compilation.DEFAULT)) {
      assertThatThrownBy(() -> plan.run(direct(2), direct(2)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("one input buffer for a plan of 2 inputs")
          .hasMessageContaining("where: predict with buffers")
          .hasMessageContaining("why:   a call with buffers has one input")
          .hasMessageContaining("fix:   call predictAll");
    }
  }
}
