package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sum of products spelled with a letter for each axis, such as {@code bij,bjk->bik}.
 *
 * <p>An ellipsis stands for any number of axes, right-aligned and broadcast; they get letters of
 * their own here.
 *
 * @param operands the letters of each operand
 * @param out the letters of the result
 */
record EinsumEquation(List<String> operands, String out) {
  /** Letters for the axes of an ellipsis, the last axis first. */
  private static final String HIDDEN = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** An equation for operands of these shapes. */
  static EinsumEquation of(String text, List<Shape> in) {
    String[] sides = text.replace(" ", "").split("->", -1);
    List<String> terms = List.of(sides[0].split(",", -1));
    if (sides.length > 2 || terms.size() != in.size()) {
      throw wrong(text, in, "it names " + terms.size() + " operands");
    }
    List<String> spelled = new ArrayList<>();
    int hidden = 0;
    for (int i = 0; i < terms.size(); i++) {
      int extra = in.get(i).rank() - terms.get(i).replace("...", "").length();
      boolean ellipsis = terms.get(i).contains("...");
      if (extra < 0 || (extra > 0 && !ellipsis) || extra > HIDDEN.length()) {
        throw wrong(text, in, terms.get(i) + " does not spell the axes of " + in.get(i));
      }
      hidden = Math.max(hidden, extra);
      spelled.add(terms.get(i).replace("...", hidden(extra)));
    }
    String out = sides.length == 2 ? sides[1] : implicit(spelled);
    EinsumEquation equation = new EinsumEquation(spelled, out.replace("...", hidden(hidden)));
    equation.check(text, in);
    return equation;
  }

  private static String hidden(int count) {
    return new StringBuilder(HIDDEN.substring(0, count)).reverse().toString();
  }

  /** The axes of an ellipsis, then the letters that occur once, in their order. */
  private static String implicit(List<String> operands) {
    String all = String.join("", operands);
    String letters =
        all.chars()
            .filter(c -> HIDDEN.indexOf(c) < 0 && all.indexOf(c) == all.lastIndexOf(c))
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return "..." + letters;
  }

  private void check(String text, List<Shape> in) {
    String all = String.join("", operands);
    boolean once = out.chars().distinct().count() == out.length();
    if (!once || out.chars().anyMatch(c -> all.indexOf(c) < 0)) {
      throw wrong(text, in, "the result names each of its axes once, all from the operands");
    }
    for (int c : letters().chars().toArray()) {
      size(text, in, c);
    }
  }

  private static ShapeException wrong(String text, List<Shape> in, String rule) {
    return new ShapeException(
        new Diagnosis(
            "einsum " + text + " on " + in,
            "",
            "each operand has a letter for each axis, equal letters mean equal sizes; " + rule,
            "spell it as in bij,bjk->bik"));
  }

  /** All letters, those of the result first. */
  String letters() {
    String summed =
        String.join("", operands)
            .chars()
            .distinct()
            .filter(c -> out.indexOf(c) < 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return out + summed;
  }

  /** The size that all axes of a letter share, but for those of size 1. */
  private Dim size(String text, List<Shape> in, int letter) {
    Dim size = Dim.ONE;
    for (Dim dim : named(in, letter)) {
      if (!size.equals(Dim.ONE) && !size.matches(dim)) {
        throw wrong(text, in, "sizes " + size + " and " + dim + " meet");
      }
      size = size.equals(Dim.ONE) || dim.isFixed() ? dim : size;
    }
    return size;
  }

  private List<Dim> named(List<Shape> in, int letter) {
    return IntStream.range(0, in.size())
        .boxed()
        .flatMap(
            i ->
                IntStream.range(0, in.get(i).rank())
                    .filter(axis -> operands.get(i).charAt(axis) == letter)
                    .mapToObj(axis -> in.get(i).dim(axis)))
        .filter(dim -> !dim.equals(Dim.ONE))
        .toList();
  }

  /** The sizes of some letters. */
  Shape sizes(List<Shape> in, String letters) {
    return new Shape(letters.chars().mapToObj(c -> size("", in, c)).toList());
  }

  /** The step of each letter in an operand; 0 where it is not named or broadcast. */
  int[] steps(String operand, Shape shape) {
    int[] strides = shape.strides();
    return letters()
        .chars()
        .map(
            c ->
                IntStream.range(0, strides.length)
                    .filter(axis -> operand.charAt(axis) == c && shape.size(axis) != 1)
                    .map(axis -> strides[axis])
                    .sum())
        .toArray();
  }
}
