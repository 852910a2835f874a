package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Compares the engine with plain loops in the same run: a dense layer of 256×256 pulled back for 64
 * linear forms, best of 30 interleaved rounds, one thread. Exit code 1 where the engine is not five
 * times as fast as a walk row by row and one and a half times as fast as a plain multiply-and-add
 * loop. {@code mvn -q test -Pbench -pl axiom-core -DskipTests}
 */
final class LinearBenchmark {
  private static final int ROUNDS = 30;
  private static final int COLUMNS = LinearEngine.WIDTH;
  private static final double WALK = 5;
  private static final double AXPY = 1.5;

  private final int n;
  private final double[] weights;
  private final double[] flatIn;
  private final double[] flatOut;
  private final double[][] rowsIn;
  private final double[][] rowsOut;
  private final double[][] formsIn;
  private final double[][] formsOut;

  private LinearBenchmark(int n, Random random) {
    this.n = n;
    this.weights = random.doubles((long) n * n).toArray();
    this.flatIn = random.doubles((long) n * COLUMNS).toArray();
    this.flatOut = new double[n * COLUMNS];
    this.rowsIn = rows(n, COLUMNS, random);
    this.rowsOut = rows(n, COLUMNS, random);
    this.formsIn = rows(COLUMNS, n, random);
    this.formsOut = rows(COLUMNS, n, random);
  }

  /** Something to time, and what one call multiplies. */
  private record Entry(String name, long products, Runnable call) {}

  public static void main(String[] arguments) {
    Random random = new Random(1);
    double[] small = table(new LinearBenchmark(48, random));
    double[] large = table(new LinearBenchmark(256, random));
    convolution(random);
    System.out.printf(
        Locale.ROOT,
        "256×256: %.2f × the row walk (at least %.1f), %.2f × the plain loop (at least %.1f)%n",
        large[3] / large[0],
        WALK,
        large[3] / large[1],
        AXPY);
    boolean kept = large[3] >= WALK * large[0] && large[3] >= AXPY * large[1];
    System.exit(kept && small[3] > 0 ? 0 : 1);
  }

  private static double[] table(LinearBenchmark on) {
    LinearPanel in = LinearPanel.of(on.formsIn);
    LinearPanel out = LinearPanel.of(on.formsOut);
    List<LoopNest> dense =
        List.of(
            LoopNest.of(List.of(Loop.of(on.n, 0, 1, on.n), Loop.of(on.n, 1, 0, 1))).transposed());
    long products = (long) on.n * on.n * COLUMNS;
    String size = on.n + "×" + on.n;
    return measured(
        List.of(
            new Entry("row walk " + size, products, on::walk),
            new Entry("plain loop, flat arrays " + size, products, on::flat),
            new Entry("plain loop, an array a row " + size, products, on::axpy),
            new Entry(
                "engine, panel " + size,
                products,
                () -> LinearEngine.plain().panel(dense, out, in, on.weights))));
  }

  private static double[][] rows(int count, int length, Random random) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = random.doubles(length).toArray();
    }
    return rows;
  }

  /** Every form by itself, as bounds were walked before. */
  private void walk() {
    for (int form = 0; form < COLUMNS; form++) {
      for (int i = 0; i < n; i++) {
        formsOut[form][i] += dot(formsIn[form], i * n);
      }
    }
  }

  private double dot(double[] a, int row) {
    double even = 0;
    double odd = 0;
    for (int j = 0; j + 1 < n; j += 2) {
      even += a[j] * weights[row + j];
      odd += a[j + 1] * weights[row + j + 1];
    }
    return even + odd;
  }

  private void flat() {
    for (int at = 0; at < n * n; at++) {
      double w = weights[at];
      int to = at / n * COLUMNS;
      int from = at % n * COLUMNS;
      for (int k = 0; k < COLUMNS; k++) {
        flatOut[to + k] += w * flatIn[from + k];
      }
    }
  }

  private void axpy() {
    for (int at = 0; at < n * n; at++) {
      axpy(rowsOut[at / n], weights[at], rowsIn[at % n]);
    }
  }

  private static void axpy(double[] to, double w, double[] from) {
    for (int k = 0; k < COLUMNS; k++) {
      to[k] += w * from[k];
    }
  }

  /**
   * The inside of a 3×3 convolution of 64 channels, 28×28, as a reference run and its gradients.
   */
  private static void convolution(Random random) {
    int c = 64;
    LoopNest conv = inside(c);
    double[] image = random.doubles(28 * 28 * c).toArray();
    double[] kernel = random.doubles(9L * c * c).toArray();
    double[] out = random.doubles(26 * 26 * c).toArray();
    float[] image32 = new float[image.length];
    float[] kernel32 = new float[kernel.length];
    float[] out32 = new float[out.length];
    LinearEngine engine = LinearEngine.plain();
    List<LoopNest> forward = List.of(conv);
    List<LoopNest> byInput = List.of(conv.transposed());
    List<LoopNest> byWeight = List.of(conv.bySecond());
    long products = conv.products();
    measured(
        List.of(
            new Entry(
                "convolution, float32",
                products,
                () -> engine.run(forward, out32, image32, kernel32)),
            new Entry("convolution", products, () -> engine.run(forward, out, image, kernel)),
            new Entry(
                "its gradient by input", products, () -> engine.run(byInput, image, out, kernel)),
            new Entry(
                "its gradient by weight",
                products,
                () -> engine.run(byWeight, kernel, out, image))));
  }

  private static LoopNest inside(int c) {
    return LoopNest.of(
        List.of(
            Loop.of(26, 26 * c, 28 * c, 0),
            Loop.of(26, c, c, 0),
            Loop.of(3, 0, 28 * c, 3 * c * c),
            Loop.of(3, 0, c, c * c),
            Loop.of(c, 0, 1, c),
            Loop.of(c, 1, 0, 1)));
  }

  /** Billions of operations a second of each entry. */
  private static double[] measured(List<Entry> entries) {
    double[] best = new double[entries.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.max(best[i], rate(entries.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      lines.add(String.format(Locale.ROOT, "%-40s %7.1f GFLOP/s", entries.get(i).name, best[i]));
    }
    lines.forEach(System.out::println);
    return best;
  }

  private static double rate(Entry entry) {
    long repeats = 1 + 20_000_000 / entry.products;
    long start = System.nanoTime();
    for (long i = 0; i < repeats; i++) {
      entry.call.run();
    }
    return 2.0 * entry.products * repeats / (System.nanoTime() - start);
  }
}
