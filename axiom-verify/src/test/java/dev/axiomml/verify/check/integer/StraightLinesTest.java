package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.verify.cert.ProofSemantics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines of straight pieces; mutation: an intercept rounded toward the function. */
class StraightLinesTest {
  private static final List<ScalarOp> STRAIGHT =
      List.of(new Relu(), new Abs(), new Clip(-1, 0.375f), new Clip(0, 6));

  @Test
  void pieces_are_told_of_straight_continuous_functions_alone() {
    assertThat(STRAIGHT).allMatch(op -> StraightPieces.of(op).isPresent());
    assertThat(List.of(new Tanh(), new Floor(), new Relu().derivative().orElseThrow()))
        .allMatch(op -> StraightPieces.of(op).isEmpty());
    assertThat(StraightPieces.of(new Relu()).orElseThrow().pieces())
        .allMatch(piece -> piece.form() == Profile.Curve.LINE)
        .hasSize(2);
  }

  @Test
  void lines_enclose_the_function_at_every_place_and_touch_it() {
    Random random = new Random(4);
    for (int round = 0; round < 4000; round++) {
      ScalarOp op = STRAIGHT.get(round % STRAIGHT.size());
      double at = (random.nextDouble() * 4 - 2) * Math.pow(10, -random.nextInt(8));
      double width = random.nextInt(8) == 0 ? 0 : Math.pow(10, 1 - random.nextInt(8));
      int bits = random.nextBoolean() ? 54 : 24 + random.nextInt(8);
      IntegerRange x =
          IntegerRange.of(
              new Dyadic[] {Dyadic.of(at), Dyadic.of(-3)},
              new Dyadic[] {Dyadic.of(at + width), Dyadic.of(3)},
              bits);
      for (ProofSemantics semantics : ProofSemantics.values()) {
        ExactRounding rounding = new ExactRounding(semantics);
        IntegerLines lines = IntegerLines.of(op, x, rounding, WorkMeter.endless());
        assertEncloses(op, x, lines);
      }
    }
  }

  private static void assertEncloses(ScalarOp op, IntegerRange x, IntegerLines lines) {
    for (int element = 0; element < 2; element++) {
      Dyadic from = x.lo(element);
      Dyadic to = x.hi(element);
      Dyadic room =
          Dyadic.of(3, lines.offsets().exponent())
              .plus(Dyadic.of(1, lines.exponent()).times(to.minus(from)))
              .plus(Dyadic.of(1, -44));
      boolean touches = false;
      for (int step = 0; step <= 16; step++) {
        Dyadic at = from.plus(to.minus(from).times(step).shifted(-4));
        Dyadic y = Dyadic.of(op.value(at.floorDouble()));
        Dyadic below = at.times(Dyadic.of(lines.slopes()[0][element], lines.exponent()));
        Dyadic above = at.times(Dyadic.of(lines.slopes()[1][element], lines.exponent()));
        Dyadic low = y.minus(below.plus(lines.offsets().lo(element)));
        Dyadic high = above.plus(lines.offsets().hi(element)).minus(y);
        assertThat(low.below(Dyadic.of(-1, -48))).as("below %s at %s", op, at).isFalse();
        assertThat(high.below(Dyadic.of(-1, -48))).as("above %s at %s", op, at).isFalse();
        assertThat(y.below(lines.out().lo(element)) || lines.out().hi(element).below(y)).isFalse();
        touches |= low.below(room);
      }
      assertThat(touches).as("%s on [%s, %s]", op, from, to).isTrue();
    }
  }
}
