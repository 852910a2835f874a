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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of functions of one number and of their derivatives, up to the third. */
class ElementwiseLawsTest {
  private static final int ORDERS = 3;
  private static final double GRID = 0x1p-44;

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

  private static boolean isSmooth(Profile profile, double lo, double hi) {
    return profile.pieces(lo, hi).size() == 1;
  }

  /** Mutation: a factor or a term of any derivative. */
  @ParameterizedTest
  @MethodSource("functions")
  void every_derivative_is_the_limit_of_differences(ScalarOp f) {
    for (ScalarOp g : orders(f)) {
      ScalarOp slope = g.derivative().orElseThrow();
      int seen = 0;
      Profile profile = g.profile();
      for (double x = -7.93; x < 8; x += 0.0731) {
        double h = 1e-4;
        boolean apart = !profile.pieces(x - 0.1, x + 0.1).isEmpty();
        if (apart && isSmooth(profile, x - 3 * h, x + 3 * h)) {
          seen++;
          double near = g.value(x + h) - g.value(x - h);
          double difference = (8 * near - (g.value(x + 2 * h) - g.value(x - 2 * h))) / (12 * h);
          double value = Math.abs(g.value(x));
          double own =
              2
                  * (g.accuracy().error() * value + g.accuracy().slack())
                  / h; // the step of a softplus, say
          double room = 2e-8 * (1 + Math.abs(difference) + value / (Math.abs(x) + 0.1)) + own;
          assertThat(slope.value(x) - difference)
              .as("%s of %s at %s, not %s", slope, g, x, difference)
              .isBetween(-room, room);
        }
      }
      assertThat(seen).as("%s", g).isPositive();
    }
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
        if (!pieces.isEmpty()) {
          assertEncloses(g, pieces, Math.min(lo, hi), Math.max(lo, hi));
        }
      }
    }
  }

  private static double place(double[] cuts, Random random) {
    boolean cut = cuts.length > 0 && random.nextInt(3) == 0;
    double step = Math.pow(10, -random.nextInt(12)) * (random.nextInt(3) - 1);
    return cut ? cuts[random.nextInt(cuts.length)] + step : random.nextGaussian() * 4;
  }

  private static void assertEncloses(ScalarOp g, List<CurvePiece> pieces, double lo, double hi) {
    for (int i = 0; i <= 20; i++) {
      double x = i == 20 ? hi : Math.min(hi, lo + (hi - lo) * i / 20);
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (CurvePiece piece : pieces) {
        if (piece.lo() <= x && x <= piece.hi()) {
          least = Math.min(least, piece.curve().value(x) - doubt(piece.curve(), x));
          most = Math.max(most, piece.curve().value(x) + doubt(piece.curve(), x));
        }
      }
      double y = g.value(x);
      assertThat(least <= y && y <= most)
          .as("%s at %s: %s in [%s, %s]", g, x, y, least, most)
          .isTrue();
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
