package dev.axiomml.interop.onnx.rules.text;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Texts taken apart into tokens, as {@code com.microsoft.Tokenizer} does it: by an expression that
 * each token matches, or into code points.
 *
 * @param tokens the tokens of a text
 * @param least how many code points a token has at least
 * @param marked whether a start and an end are put around the tokens
 * @param padding what rows are filled up with
 */
record TextTokenizer(
    Function<String, List<String>> tokens, int least, boolean marked, String padding) {
  private static final String START = "\u0002";
  private static final String END = "\u0003";

  static List<Value> emit(OnnxNodeContext at) {
    TextRules.require(at, 0);
    if (at.rank(0) < 1 || at.rank(0) > 2) {
      throw at.refuse("Tokenizer on " + at.shape(0), "it reads a list of texts, or rows of them");
    }
    TextTokenizer tokens = of(at);
    Shape shape = at.shape(0).concat(Shape.of(Dim.symbol(at.symbol())));
    return at.run(
        List.of(Type.of(shape, DType.STRING)),
        (settings, in) -> List.of(tokens.of(TextRules.tensor(in, 0))));
  }

  private static TextTokenizer of(OnnxNodeContext at) {
    for (String needed : List.of("mark", "pad_value", "mincharnum")) {
      if (!at.attributes().has(needed)) {
        throw at.refuse("Tokenizer without " + needed, "the operator needs it");
      }
    }
    int least = at.attributes().integer("mincharnum", 1);
    if (least < 1) {
      throw at.refuse("mincharnum " + least, "a token has one code point or more");
    }
    boolean mark = at.attributes().flag("mark", false);
    return new TextTokenizer(splitting(at), least, mark, at.attributes().text("pad_value", ""));
  }

  private static Function<String, List<String>> splitting(OnnxNodeContext at) {
    String expression = at.attributes().text("tokenexp", "");
    List<String> separators = at.attributes().texts("separators").orElse(List.of());
    if (expression.isEmpty() == separators.isEmpty()) {
      throw at.refuse(
          separators.size() + " separators and tokenexp \"" + expression + "\"", "one is meant");
    }
    if (separators.isEmpty()) {
      return RegexPatterns.of(expression)::parts;
    }
    if (!separators.equals(List.of(""))) {
      throw at.refuse("separators " + separators, "tokenexp and single code points are known");
    }
    return text -> text.codePoints().mapToObj(Character::toString).toList();
  }

  /** All rows as long as the longest one; no columns where there is no token at all. */
  private Tensor of(Tensor x) {
    List<List<String>> rows = TextRules.texts(x).map(this::row).toList();
    int most = rows.stream().mapToInt(List::size).max().orElse(0);
    int columns = most == (marked ? 2 : 0) ? 0 : most;
    List<String> all = new ArrayList<>();
    for (List<String> row : rows) {
      int have = Math.min(columns, row.size());
      all.addAll(row.subList(0, have));
      all.addAll(Collections.nCopies(columns - have, padding));
    }
    return Tensor.ofTexts(x.shape().concat(Shape.of(columns)), all.toArray(String[]::new));
  }

  private List<String> row(String text) {
    List<String> row = new ArrayList<>();
    tokens.apply(text).stream()
        .filter(token -> token.codePointCount(0, token.length()) >= least)
        .forEach(row::add);
    if (marked) {
      row.add(0, START);
      row.add(END);
    }
    return row;
  }
}
