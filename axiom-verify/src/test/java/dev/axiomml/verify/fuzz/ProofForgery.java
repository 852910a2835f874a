package dev.axiomml.verify.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A proof's line with one word changed, by what was changed; some may still be proofs. */
final class ProofForgery {
  private static final Map<String, UnaryOperator<String>> CHANGES = changes();
  private final List<String> words;
  private final Random random;

  ProofForgery(String line, Random random) {
    this.words = List.of(line.split(" "));
    this.random = random;
  }

  private static Map<String, UnaryOperator<String>> changes() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("cut far away", word -> word.replaceFirst("@.*", "@7f000000"));
    all.put("cut at no number", word -> word.replaceFirst("@.*", "@7f800000"));
    all.put("cut of another element", word -> word.replaceFirst("\\.\\d+@", ".99@"));
    all.put("leaf by intervals", word -> word.equals("L") ? "I" : word);
    all.put("another word", word -> word.equals("L") ? "X" : word);
    all.put("another part", word -> word.replaceFirst("&.*", "&7"));
    all.put("another hinge", word -> word.replaceFirst("^h.*", "h9999"));
    all.put("a hinge named twice", word -> word.replaceFirst("^H(\\d+:\\d+)", "H$1;$1"));
    all.put("hinges of a sum", word -> word.replaceFirst("^H\\d+:", "H0:"));
    all.put("flat slopes", word -> word.startsWith("M") ? zeros(word, ":", "") : word);
    all.put("no weights", word -> word.startsWith("M") ? zeros(word, "", ":") : word);
    all.put("huge weights", word -> word.replaceFirst("^(M.*:)........", "$17f000000"));
    all.put("a weight below zero", word -> word.replaceFirst("^(M.*:).", "$1b"));
    all.put("a weight too many", word -> word.startsWith("M") ? word + "00000000" : word);
    all.put("a slope too steep", word -> word.replaceFirst("^M..", "M81"));
    return all;
  }

  /** Digits before the colon, or behind it, made zero. */
  private static String zeros(String word, String before, String behind) {
    int colon = word.indexOf(':');
    String slopes = word.substring(1, colon);
    String weights = word.substring(colon + 1);
    return "M"
        + (before.isEmpty() ? slopes : slopes.replaceAll(".", "0"))
        + ":"
        + (behind.isEmpty() ? weights : weights.replaceAll(".", "0"));
  }

  /** Lines by what was changed in them. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    CHANGES.forEach(
        (kind, change) -> {
          List<Integer> places = new ArrayList<>();
          for (int i = 0; i < words.size(); i++) {
            if (!change.apply(words.get(i)).equals(words.get(i))) {
              places.add(i);
            }
          }
          if (!places.isEmpty()) {
            int at = places.get(random.nextInt(places.size()));
            List<String> other = new ArrayList<>(words);
            other.set(at, change.apply(words.get(at)));
            all.put(kind, String.join(" ", other));
          }
        });
    List<String> less = new ArrayList<>(words);
    less.remove(words.size() - 1);
    all.put("dropped leaf", String.join(" ", less));
    all.put("leaf too many", String.join(" ", words) + " L");
    return all;
  }
}
