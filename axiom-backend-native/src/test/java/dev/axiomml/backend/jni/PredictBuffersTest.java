package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.AllocatedBytes;
import dev.axiomml.testing.Nets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictBuffersTest {
  private static final int MOST = 12;
  private static final int IN = 4;
  private static final int OUT = 3;
  private final Model<?> model = Nets.relus(3, IN, 8, OUT);

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  private static FloatBuffer direct(int n) {
    return ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static Tensor input(int batch) {
    return Tensor.random(Shape.of(batch, IN), batch, -1, 1);
  }

  /** What a call between direct buffers answers, the buffers larger than the batch. */
  private static Tensor answer(CompiledModel compiled, int batch) {
    FloatBuffer in = direct(MOST * IN).put(0, input(batch).toFloats());
    FloatBuffer out = direct(MOST * OUT);
    compiled.predict(in, out, batch);
    float[] values = new float[batch * OUT];
    out.get(values);
    return Tensor.of(Shape.of(batch, OUT), values);
  }

  @Test
  void a_batch_that_a_fixed_model_does_not_take_is_refused() {
    Graph two = model.graph().bind(Map.of("N", 2L)).graph();
    Port x = new Port("x", two.inputs().get(0).type(), List.of(), Optional.empty());
    Port y = new Port("y", two.outputs().get(0).type(), List.of(), Optional.empty());
    Signature<Output> signature = new Signature<>("two", List.of(x), List.of(y), OutputKind.OUTPUT);
    FloatBuffer in = direct(MOST * IN);
    FloatBuffer out = direct(MOST * OUT);
    try (CompiledModel compiled = Model.of(signature, two).compile(Backends.NATIVE)) {
      compiled.predict(in, out, 2);
      assertThatThrownBy(() -> compiled.predict(in, out, 5))
          .isInstanceOf(BackendException.class)
          .hasMessageContainingAll("a batch of 5", "fixed to 2 rows", "predict(in, out, 2)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void a_warm_call_allocates_nothing(int batches) {
    AllocatedBytes allocated = AllocatedBytes.ofThisThread();
    FloatBuffer in = direct(MOST * IN);
    FloatBuffer out = direct(MOST * OUT);
    int[] turn = {0};
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      Runnable call = () -> compiled.predict(in, out, 1 + turn[0]++ % batches);
      assertThat(allocated.of(20_000, call)).isZero();
    }
  }

  @Test
  void a_warm_call_with_buffers_on_the_heap_allocates_nothing() {
    AllocatedBytes allocated = AllocatedBytes.ofThisThread();
    FloatBuffer in = FloatBuffer.allocate(2 * IN);
    FloatBuffer out = FloatBuffer.allocate(2 * OUT);
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      assertThat(allocated.of(20_000, () -> compiled.predict(in, out, 2))).isZero();
    }
  }

  @Test
  void more_batches_than_plans_are_kept_answer_as_tensors_do() {
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      for (int i = 0; i < 4 * MOST; i++) {
        int batch = 1 + i * 5 % MOST;
        assertThat(answer(compiled, batch)).isEqualTo(compiled.predict(input(batch)));
      }
    }
  }

  @Test
  void many_threads_that_ask_for_many_batches_get_their_own_answers() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      List<Tensor> wanted = new ArrayList<>();
      for (int batch = 1; batch <= MOST; batch++) {
        wanted.add(compiled.predict(input(batch)));
      }
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        int first = caller;
        wrong.add(pool.submit(() -> wrongAnswers(compiled, wanted, first)));
      }
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static int wrongAnswers(CompiledModel compiled, List<Tensor> wanted, int first) {
    int wrong = 0;
    for (int i = 0; i < 600; i++) {
      int batch = 1 + (first + i * 5) % MOST;
      wrong += answer(compiled, batch).equals(wanted.get(batch - 1)) ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void a_batch_that_the_buffers_do_not_hold_is_refused() {
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      assertThatThrownBy(() -> compiled.predict(direct(2 * IN), direct(3 * OUT), 3))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("input buffer with 8 elements for float32 3×4")
          .hasMessageContaining("where: predict with buffers")
          .hasMessageContaining("at least as many as the tensor")
          .hasMessageContaining("fix:   allocate 12 floats");
      assertThatThrownBy(() -> compiled.predict(direct(3 * IN), direct(2 * OUT), 3))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("output buffer with 6 elements for float32 3×3");
    }
  }

  @Test
  void a_negative_batch_is_refused() {
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      assertThatThrownBy(() -> compiled.predict(direct(IN), direct(OUT), -1))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("never negative");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "reference"})
  void a_read_only_output_is_refused(String backend) {
    FloatBuffer out = direct(OUT).asReadOnlyBuffer();
    try (CompiledModel compiled = model.compile(new BackendId(backend))) {
      assertThatThrownBy(() -> compiled.predict(direct(IN), out, 1))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("the output buffer is read-only")
          .hasMessageContaining("where: predict with buffers")
          .hasMessageContaining("why:   the output is written into it")
          .hasMessageContaining("fix:   pass the buffer itself");
    }
  }
}
