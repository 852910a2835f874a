package dev.axiomml.backend.jni;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.AllocatedBytes;
import dev.axiomml.testing.Nets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Times predictions of nets so small that the call itself is what costs: nanoseconds and heap bytes
 * a call, best of 20 interleaved rounds, one thread. Exit code 1 where a call between buffers
 * allocates. {@code mvn -q test -Pbench -pl axiom-backend-native -am -DskipTests}
 */
final class PredictBenchmark {
  private static final int ROUNDS = 20;
  private static final int CALLS = 20_000;
  private static final int BATCHES = 8;

  private PredictBenchmark() {}

  /** Something to time, told how many calls came before, and whether it must not allocate. */
  private record Entry(String name, boolean bare, IntConsumer call) {}

  public static void main(String[] arguments) {
    try (CompiledModel dense = Nets.relus(1, 4, 8, 3).compile(Backends.NATIVE);
        CompiledModel image = Nets.image(1).compile(Backends.NATIVE)) {
      Tensor x = Tensor.random(Shape.of(1, 4), 1, -1, 1);
      List<Entry> entries =
          List.of(
              new Entry("dense 4-8-3, direct buffers", true, buffers(dense, true, 1)),
              new Entry("the same, batches 1 to 8 in turn", true, buffers(dense, true, BATCHES)),
              new Entry("the same, buffers on the heap", true, buffers(dense, false, 1)),
              new Entry("the same, tensors", false, i -> dense.predict(x)),
              new Entry("conv, pool, dense 6×6, direct buffers", true, buffers(image, true, 1)));
      System.exit(measured(entries) ? 0 : 1);
    }
  }

  private static IntConsumer buffers(CompiledModel compiled, boolean direct, int batches) {
    FloatBuffer in = buffer(36 * BATCHES, direct);
    FloatBuffer out = buffer(3 * BATCHES, direct);
    return i -> compiled.predict(in, out, 1 + i % batches);
  }

  private static FloatBuffer buffer(int n, boolean direct) {
    return direct
        ? ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer()
        : FloatBuffer.allocate(n);
  }

  private static boolean measured(List<Entry> entries) {
    double[] best = new double[entries.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        double nanos = nanos(entries.get(i).call);
        best[i] = round == 0 ? nanos : Math.min(best[i], nanos);
      }
    }
    boolean kept = true;
    for (int i = 0; i < best.length; i++) {
      kept &= printed(entries.get(i), best[i]);
    }
    return kept;
  }

  private static double nanos(IntConsumer call) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.accept(i);
    }
    return (System.nanoTime() - start) / (double) CALLS;
  }

  private static boolean printed(Entry entry, double nanos) {
    int[] turn = {0};
    long bytes =
        AllocatedBytes.ofThisThread().of(CALLS, () -> entry.call.accept(turn[0]++ % BATCHES));
    System.out.printf(
        Locale.ROOT, "%-40s %8.0f ns %8.1f bytes%n", entry.name, nanos, bytes / (double) CALLS);
    return bytes == 0 || !entry.bare;
  }
}
