package dev.axiomml.interop.vnnlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.axiomml.core.error.AxiomException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that were damaged at random are read or refused with a diagnosis, nothing else. */
class VnnMutationsTest {
  private static final String[] SEEDS = {
    VnnTexts.PLAIN
        + VnnTexts.UNIT
        + "(assert (or (and (<= X_0 0.5) (>= Y_0 -1.5e-3)) (<= (+ Y_0 (* 2 Y_1)) 3)))",
    VnnTexts.NETWORK
        + "(assert (and (>= X[0,0] 0) (<= X[0,0] 1) (== X[0,1] 0.5)))"
        + "(assert (or (!= Y[0] 1) (<= (- Y[0] Y[1]) 3.5))) ; end",
    "(vnnlib-version <2.0>)(declare-network A (declare-input X Real [2] initialized)"
        + " (declare-hidden H Real [3] \"h\") (declare-output Y Real []))"
        + "(declare-network B (equal-to A) (declare-input U Real [2]) (declare-output V Real []))"
        + "(assert (<= (* 2 X[1]) V))"
  };

  private static final String[] WORDS = {
    "(",
    ")",
    "[",
    "]",
    ",",
    "\"",
    ";",
    "\n",
    "\0",
    "\uD800",
    "é",
    "-",
    "+",
    "*",
    "and",
    "or",
    "<=",
    "X_0",
    "Y_1",
    "X",
    "Y[1]",
    "0",
    "1e999999999",
    "-1e-999999999",
    "nan",
    "1e2000",
    "assert",
    "declare-const",
    "(assert ",
    "(declare-network ",
    "99999999999",
    "<2.0>",
    "Real",
    "0.1"
  };

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && damaged.length() > 0; i--) {
      int at = random.nextInt(damaged.length());
      int length = Math.min(random.nextInt(12), damaged.length() - at);
      String word = WORDS[random.nextInt(WORDS.length)];
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, at + length);
        case 1 -> damaged.insert(at, " " + word + " ");
        case 2 -> damaged.replace(at, at + length, word);
        default -> damaged.insert(at, damaged.substring(at, at + length));
      }
    }
    return damaged.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void damaged_texts_are_read_or_refused(int seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      refused += isRefused(damaged(SEEDS[seed], random), "seed " + seed + ", case " + i) ? 1 : 0;
    }
    assertThat(refused).isBetween(10_000, 19_999);
  }

  private static boolean isRefused(String text, String name) {
    try {
      VnnQuery query = VnnLib.parse(text, "damaged");
      assertThat(query.obstacle().isPresent() || query.boxes(InputRounding.EXACT).empty() >= 0)
          .isTrue();
      return false;
    } catch (AxiomException typed) {
      assertThat(typed.diagnosis().where()).contains("damaged");
      return true;
    } catch (RuntimeException other) {
      return fail(name + ": " + text, other);
    }
  }
}
