package dev.axiomml.core.property;

import dev.axiomml.core.property.PropertyLexer.Token;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of properties, and the nearest one to a word that is none. */
final class PropertyWords {
  private static final Map<String, Subject> SUBJECTS =
      Map.of(
          "output",
          Subject.OUTPUT,
          "input",
          Subject.INPUT,
          "x",
          Subject.INPUT,
          "softmax",
          Subject.SOFTMAX);
  private static final List<String> PREDICATES =
      List.of("no_nan", "no_inf", "finite", "valid_probabilities");
  private static final List<String> REDUCTIONS =
      List.of("sum", "max", "min", "norm1", "norm2", "norminf");
  private static final List<String> NORMS = List.of("linf", "l2", "l1");

  private PropertyWords() {}

  static boolean isPredicate(Token token) {
    return PREDICATES.contains(token.word());
  }

  static boolean isReduction(Token token) {
    return REDUCTIONS.contains(token.word());
  }

  static Subject subject(Token token, String text) {
    Subject subject = SUBJECTS.get(token.word());
    if (subject == null) {
      throw unknown(token, text);
    }
    return subject;
  }

  static Region.Norm norm(Token token, String text) {
    if (!NORMS.contains(token.word())) {
      throw unknown(token, text);
    }
    return Region.Norm.valueOf(token.word().toUpperCase(Locale.ROOT));
  }

  static Tensor tensor(String file, String text, int at) {
    if (!file.endsWith(".npy")) {
      throw PropertyLexer.error(text, at, "an array is a .npy file, found \"" + file + "\"");
    }
    return Npy.read(Path.of(file));
  }

  private static RuntimeException unknown(Token token, String text) {
    List<String> all = new ArrayList<>(PREDICATES);
    all.addAll(REDUCTIONS);
    all.addAll(NORMS);
    all.addAll(SUBJECTS.keySet());
    all.addAll(
        List.of("argmax", "local_lipschitz", "lipschitz", "and", "or", "not", "implies", "with"));
    String word = token.word();
    String nearest =
        all.stream()
            .min(Comparator.comparingInt((String w) -> distance(w, word)).thenComparing(w -> w))
            .orElseThrow();
    if (all.contains(word)) {
      return PropertyLexer.error(text, token.at(), "\"" + word + "\" cannot stand here");
    }
    String found =
        word.isEmpty()
            ? "the text ends where a word was expected"
            : "unknown word \"" + word + "\"; did you mean \"" + nearest + "\"?";
    return PropertyLexer.error(text, token.at(), found);
  }

  /** Edit distance (Levenshtein 1966). */
  static int distance(String a, String b) {
    int[] row = java.util.stream.IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
