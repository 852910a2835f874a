package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.ScalarCuts;
import dev.axiomml.testing.SettingGrid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of functions of one number and of their derivatives, up to the third. */
class ElementwiseLawsTest {
  private static final int ORDERS = 3;
  private static final double GRID = 0x1p-44;
  private static final double STEP = 1e-4;

  /** Samples and a grid of settings that numbers around 1 can tell from each other. */
  static Stream<ScalarOp> functions() {
    Stream<ScalarOp> samples =
        OpSamples.all().stream()
            .map(s -> s.op())
            .filter(ScalarOp.class::isInstance)
            .map(ScalarOp.class::cast);
    Stream<ScalarOp> settings =
        SettingGrid.rows().stream()
            .map(SettingGrid.Row::op)
            .filter(ElementwiseLawsTest::isOrdinary);
    return Stream.concat(samples, settings).distinct();
  }

  private static boolean isOrdinary(ScalarOp op) {
    List<Double> settings = new ArrayList<>();
    op.withSettings(
        s -> {
          settings.add(Math.abs(s));
          return s;
        });
    return settings.stream()
        .allMatch(s -> s == 0 || s > 5e-3 && (s < 20.5 || Double.isInfinite(s)));
  }

  private static List<ScalarOp> orders(ScalarOp f) {
    Set<ScalarOp> orders = new LinkedHashSet<>(List.of(f));
    ScalarOp last = f;
    for (int i = 0; i < ORDERS; i++) {
      last = last.derivative().orElseThrow();
      orders.add(last);
    }
    return List.copyOf(orders);
  }

  /** Mutation: a factor or a term of any derivative. */
  @ParameterizedTest
  @MethodSource("functions")
  void every_derivative_is_the_limit_of_differences(ScalarOp f) {
    for (ScalarOp g : orders(f)) {
      Profile profile = g.profile();
      double[] places =
          DoubleStream.iterate(-7.93, x -> x < 8, x -> x + 0.0731)
              .filter(x -> isSmooth(profile, x))
              .toArray();
      assertThat(places).as("%s", g).isNotEmpty();
      for (double x : places) {
        assertSlope(g, x);
      }
    }
  }

  /** One piece nearby, and no pole a little farther. */
  private static boolean isSmooth(Profile profile, double x) {
    return !profile.pieces(x - 0.1, x + 0.1).isEmpty()
        && profile.pieces(x - 3 * STEP, x + 3 * STEP).size() == 1;
  }

  private static void assertSlope(ScalarOp g, double x) {
    ScalarOp slope = g.derivative().orElseThrow();
    double near = g.value(x + STEP) - g.value(x - STEP);
    double far = g.value(x + 2 * STEP) - g.value(x - 2 * STEP);
    double difference = (8 * near - far) / (12 * STEP);
    double value = Math.abs(g.value(x));
    CurveAccuracy accuracy = g.accuracy();
    double own = 2 * (accuracy.error() * value + accuracy.slack()) / STEP; // a softplus's step, say
    double room = 2e-8 * (1 + Math.abs(difference) + value / (Math.abs(x) + 0.1)) + own;
    assertThat(slope.value(x) - difference)
        .as("%s of %s at %s, not %s", slope, g, x, difference)
        .isBetween(-room, room);
  }

  /** Mutation: any cut, form or level; a piece that is left out. */
  @ParameterizedTest
  @MethodSource("functions")
  void pieces_enclose_the_function_and_bend_as_they_say(ScalarOp f) {
    Random random = new Random(5);
    for (ScalarOp g : orders(f)) {
      Profile profile = g.profile();
      double[] cuts = ScalarCuts.of(g);
      for (int i = 0; i < 60; i++) {
        double lo = place(cuts, random);
        double near = lo + Math.pow(10, -random.nextInt(8));
        double hi = random.nextBoolean() ? near : place(cuts, random);
        List<CurvePiece> pieces = profile.pieces(Math.min(lo, hi), Math.max(lo, hi));
        pieces.forEach(piece -> assertBends(g, piece));
        assertEncloses(g, pieces, Math.min(lo, hi), Math.max(lo, hi));
      }
    }
  }

  private static double place(double[] cuts, Random random) {
    boolean cut = cuts.length > 0 && random.nextInt(3) == 0;
    double step = Math.pow(10, -random.nextInt(12)) * (random.nextInt(3) - 1);
    return cut ? cuts[random.nextInt(cuts.length)] + step : random.nextGaussian() * 4;
  }

  private static void assertEncloses(ScalarOp g, List<CurvePiece> pieces, double lo, double hi) {
    for (int i = 0; i <= 20 && !pieces.isEmpty(); i++) {
      double x = i == 20 ? hi : Math.min(hi, lo + (hi - lo) * i / 20);
      List<ScalarOp> here =
          pieces.stream()
              .filter(piece -> piece.lo() <= x && x <= piece.hi())
              .map(CurvePiece::curve)
              .toList();
      double y = g.value(x);
      boolean under = here.stream().anyMatch(f -> f.value(x) - doubt(f, x) <= y);
      boolean over = here.stream().anyMatch(f -> f.value(x) + doubt(f, x) >= y);
      assertThat(under && over).as("%s at %s: %s beside %s", g, x, y, here).isTrue();
    }
  }

  private static double doubt(ScalarOp f, double x) {
    return 1.01 * f.accuracy().error() * Math.abs(f.value(x)) + f.accuracy().slack();
  }

  /**
   * Middles of chords against the curve, as exact as the curve says of itself: ends lie on a grid
   * on which middles are exact.
   */
  private static void assertBends(ScalarOp g, CurvePiece piece) {
    ScalarOp f = piece.curve();
    double step = (piece.hi() - piece.lo()) / 20;
    for (int i = 0; i + 2 <= 20 && step > 4 * GRID; i++) {
      double a = Math.ceil((piece.lo() + i * step) / GRID) * GRID;
      double c =
          Math.min(a + 2 * Math.rint(step / GRID) * GRID, Math.floor(piece.hi() / GRID) * GRID);
      double b = a + (c - a) / 2;
      double over = (f.value(a) / 2 + f.value(c) / 2) - f.value(b);
      double own = 4e-16 * (Math.abs(f.value(a)) + Math.abs(f.value(c)));
      double room = doubt(f, a) + doubt(f, b) + doubt(f, c) + own;
      boolean right =
          switch (piece.form()) {
            case LINE -> Math.abs(over) <= room;
            case CONVEX -> over >= -room;
            case CONCAVE -> over <= room;
          };
      assertThat(right).as("%s: %s at %s, %s: %s beyond %s", g, piece, a, c, over, room).isTrue();
    }
  }
}
