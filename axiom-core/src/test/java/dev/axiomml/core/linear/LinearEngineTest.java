package dev.axiomml.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearEngineTest {
  private static final int CASES = 4000;

  /** A nest and tensors of small whole numbers, so that sums are exact in any order. */
  private record Drawn(LoopNest nest, double[] out, double[] first, double[] second) {
    static Drawn of(Random random) {
      List<Loop> loops = new ArrayList<>();
      int count = random.nextInt(5);
      for (int i = 0; i < count; i++) {
        loops.add(loop(random));
      }
      boolean plain = random.nextInt(4) == 0;
      LoopNest nest = plain ? LoopNest.plain(loops) : LoopNest.of(loops);
      int[] start = {random.nextInt(4), random.nextInt(4), random.nextInt(4)};
      nest = nest.from(start[0], start[1], start[2]);
      return new Drawn(
          nest,
          new double[reach(nest, 0)],
          numbers(reach(nest, 1), random),
          numbers(reach(nest, 2), random));
    }

    private static Loop loop(Random random) {
      int size = random.nextInt(8) == 0 ? 9 + random.nextInt(70) : random.nextInt(5);
      if (random.nextInt(5) == 0) {
        return Loop.listed(list(size, random), list(size, random), list(size, random));
      }
      int[] steps = {0, 0, 1, 1, 2, 7};
      return Loop.of(
          size,
          steps[random.nextInt(steps.length)],
          steps[random.nextInt(steps.length)],
          steps[random.nextInt(steps.length)]);
    }

    private static int[] list(int size, Random random) {
      return random.nextBoolean() ? new int[size] : random.ints(size, 0, 9).toArray();
    }

    private static int reach(LoopNest nest, int role) {
      int reach = Math.max(0, nest.start(role)) + 1;
      for (Loop loop : nest.loops()) {
        int most = 0;
        for (int i = 0; i < loop.size(); i++) {
          most = Math.max(most, loop.at(role, i));
        }
        reach += most;
      }
      return reach;
    }

    private static double[] numbers(int n, Random random) {
      return random.ints(n, -3, 4).asDoubleStream().toArray();
    }

    /** Every combination of turns, one after another. */
    double[] expected(LoopNest of, double[] y, double[] a, double[] b) {
      visit(of, 0, new int[] {of.start(0), of.start(1), of.start(2)}, new double[][] {y, a, b});
      return y;
    }

    private static void visit(LoopNest of, int depth, int[] at, double[][] arrays) {
      if (depth == of.loops().size()) {
        double second = of.isPlain() ? 1 : arrays[2][at[2]];
        arrays[0][at[0]] += arrays[1][at[1]] * second;
        return;
      }
      Loop loop = of.loops().get(depth);
      for (int i = 0; i < loop.size(); i++) {
        int[] next = at.clone();
        for (int role = 0; role < 3; role++) {
          next[role] += at[role] < 0 ? 0 : loop.at(role, i);
        }
        visit(of, depth + 1, next, arrays);
      }
    }
  }

  @Test
  void random_nests_run_as_their_loops_say() {
    for (int seed = 0; seed < CASES; seed++) {
      Drawn drawn = Drawn.of(new Random(seed));
      double[] expected = drawn.expected(drawn.nest, drawn.out.clone(), drawn.first, drawn.second);
      double[] y = drawn.out.clone();
      LinearEngine.plain().run(List.of(drawn.nest), y, drawn.first, drawn.second);
      assertThat(y).as("seed %s, %s", seed, drawn.nest).isEqualTo(expected);
      float[] single = new float[y.length];
      LinearEngine.plain()
          .run(List.of(drawn.nest), single, floats(drawn.first), floats(drawn.second));
      assertThat(single).as("seed %s, %s", seed, drawn.nest).isEqualTo(floats(expected));
    }
  }

  @Test
  void forms_of_a_nest_make_the_same_products() {
    for (int seed = 0; seed < CASES; seed++) {
      Drawn drawn = Drawn.of(new Random(seed));
      LoopNest nest = drawn.nest;
      double[] expected = drawn.expected(nest, drawn.out.clone(), drawn.first, drawn.second);
      double[] y = drawn.out.clone();
      int[] terms = new int[y.length];
      nest.lines(
          (o, oStep, a, aStep, b, bStep, n) -> {
            for (int j = 0; j < n; j++) {
              double second = b < 0 ? 1 : drawn.second[b + j * bStep];
              y[o + j * oStep] += drawn.first[a + j * aStep] * second;
              terms[o + j * oStep]++;
            }
          });
      assertThat(y).as("lines, seed %s", seed).isEqualTo(expected);
      int[] counted = new int[y.length];
      nest.count(counted);
      assertThat(counted).as("terms, seed %s", seed).isEqualTo(terms);
      assertThat(nest.products()).isEqualTo(Arrays.stream(terms).asLongStream().sum());
      double[] parts = drawn.out.clone();
      LinearEngine.plain().run(nest.unlisted(), parts, drawn.first, drawn.second);
      assertThat(parts).as("unlisted, seed %s", seed).isEqualTo(expected);
      assertThat(nest.unlisted()).allMatch(n -> n.loops().stream().noneMatch(Loop::isListed));
      assertThat(nest.merged().merged()).isEqualTo(nest.merged());
    }
  }

  @Test
  void exchanged_roles_are_the_transposed_map_and_the_gradient_by_the_other_factor() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Drawn drawn = Drawn.of(random);
      double[] g = Drawn.numbers(drawn.out.length, random);
      double[] y = drawn.expected(drawn.nest, drawn.out.clone(), drawn.first, drawn.second);
      double[] dx = new double[drawn.first.length];
      LinearEngine.plain().run(List.of(drawn.nest.transposed()), dx, g, drawn.second);
      assertThat(dot(dx, drawn.first)).as("seed %s", seed).isEqualTo(dot(g, y));
      LoopNest back = drawn.nest.transposed().transposed();
      assertThat(back).isEqualTo(drawn.nest);
      if (!drawn.nest.isPlain()) {
        double[] dw = new double[drawn.second.length];
        LinearEngine.plain().run(List.of(drawn.nest.bySecond()), dw, g, drawn.first);
        assertThat(dot(dw, drawn.second)).as("seed %s", seed).isEqualTo(dot(g, y));
      }
    }
  }

  @Test
  void a_panel_is_every_column_by_itself() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Drawn drawn = Drawn.of(random);
      int width = 1 + random.nextInt(LinearEngine.WIDTH);
      int every = 1 + random.nextInt(12);
      double[][] columns = new double[width][drawn.first.length];
      for (int at = 0; at < width * drawn.first.length; at += every) {
        int element = at / width / every * every;
        columns[at % width][element] = random.nextInt(5) - 2;
      }
      LinearPanel in = LinearPanel.of(columns);
      boolean[] closed = closed(drawn.out.length, random);
      LinearPanel out = new LinearPanel(drawn.out.length, width, closed);
      LinearEngine.plain().panel(List.of(drawn.nest), out, in, drawn.second);
      int column = random.nextInt(width);
      double[] expected =
          drawn.expected(drawn.nest, drawn.out.clone(), columns[column], drawn.second);
      for (int o = 0; o < expected.length; o++) {
        double made = out.reached(o).map(row -> row[column]).orElse(0.0);
        double right = closed.length > 0 && closed[o] ? 0 : expected[o];
        assertThat(made).as("seed %s, output %s", seed, o).isEqualTo(right);
      }
    }
  }

  /** No flags at all in half of the cases. */
  private static boolean[] closed(int elements, Random random) {
    boolean[] closed = new boolean[random.nextBoolean() ? 0 : elements];
    for (int i = 0; i < closed.length; i++) {
      closed[i] = random.nextInt(3) == 0;
    }
    return closed;
  }

  /** Dense layers and convolutions: one sample's sums do not depend on how many there are. */
  @Test
  void a_sample_has_one_answer_in_every_batch() {
    Random random = new Random(5);
    for (int features : new int[] {1, 10, 64, 200}) {
      float[] w = floats(random.doubles(300L * features).toArray());
      float[] x = floats(random.doubles(40 * 300).toArray());
      float[] many = new float[40 * features];
      LinearEngine.plain().run(List.of(dense(40, 300, features)), many, x, w);
      float[] one = new float[features];
      LinearEngine.plain()
          .run(List.of(dense(1, 300, features)), one, Arrays.copyOfRange(x, 2100, 2400), w);
      assertThat(Arrays.copyOfRange(many, 7 * features, 8 * features)).isEqualTo(one);
    }
  }

  private static LoopNest dense(int rows, int in, int out) {
    return LoopNest.of(
        List.of(Loop.of(rows, out, in, 0), Loop.of(in, 0, 1, out), Loop.of(out, 1, 0, 1)));
  }

  @Test
  void a_meter_hears_of_the_work_and_may_end_it() {
    long[] heard = {0};
    LoopNest nest = dense(64, 256, 256);
    float[] w = new float[256 * 256];
    float[] x = new float[64 * 256];
    float[] y = new float[64 * 256];
    LinearEngine.metered(products -> heard[0] += products).run(List.of(nest), y, x, w);
    assertThat(heard[0]).isBetween(nest.products() / 2, 2 * nest.products());
    LinearEngine ending =
        LinearEngine.metered(
            products -> {
              throw new IllegalStateException("enough");
            });
    assertThatThrownBy(() -> ending.run(List.of(nest), y, x, w)).hasMessage("enough");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
