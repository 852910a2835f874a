package dev.axiomml.core.property;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Properties as text: what prints them and what reads them back. */
public final class PropertyText {
  private PropertyText() {}

  /** Reads a formula. @throws PropertyException with the place and the nearest known word */
  public static Formula formula(String text) {
    return new PropertyParser(text).formulaOnly();
  }

  /**
   * Reads a claim with its region; balls read their centre from a {@code .npy} file. @throws
   * PropertyException likewise
   */
  public static <O extends Output> Theorem<O> theorem(String text) {
    return new PropertyParser(text).claim();
  }

  /** Prints a claim. */
  public static String of(Theorem<?> theorem) {
    Region all = theorem.region();
    String region = of(all instanceof Region.Named named ? named.others() : all);
    String inputs = all instanceof Region.Named named ? " with " + NamedInputsText.of(named) : "";
    String quantified = "∀x" + (region.isEmpty() ? "" : " ∈ " + region) + inputs;
    return quantified + ". " + of(theorem.formula());
  }

  /** Reads what a claim says of inputs by name, {@code gain in [0.5, 2], sr = 16000}. */
  public static Region.Named inputs(String text) {
    return new PropertyParser(NamedInputsText.WITH + text).inputsOnly();
  }

  /** What an input is given as: a number, a file, or the shape of a tensor. */
  public static String of(GivenValue value) {
    return NamedInputsText.of(value);
  }

  /** Prints a region; empty for the declared domain. */
  public static String of(Region region) {
    if (region instanceof Region.Range range) {
      return "[" + number(range.low()) + ", " + number(range.high()) + "]";
    }
    if (region instanceof Region.Ball ball) {
      return ball.norm().name().toLowerCase(java.util.Locale.ROOT)
          + "("
          + ball.center().shape()
          + " tensor, "
          + number(ball.radius())
          + ")";
    }
    if (region instanceof Region.Box box) {
      return "box of " + box.low().shape();
    }
    if (region instanceof Region.Named named) {
      return (of(named.others()) + " with " + NamedInputsText.of(named)).strip();
    }
    return region instanceof Region.Everything ? "float32" : "";
  }

  /** Prints a formula. */
  public static String of(Formula formula) {
    if (formula instanceof Formula.And and) {
      return "(" + of(and.left()) + " and " + of(and.right()) + ")";
    }
    if (formula instanceof Formula.Or or) {
      return "(" + of(or.left()) + " or " + of(or.right()) + ")";
    }
    if (formula instanceof Formula.Implies implies) {
      return "(" + of(implies.left()) + " implies " + of(implies.right()) + ")";
    }
    if (formula instanceof Formula.Not not) {
      return "not " + of(not.formula());
    }
    return atom(formula);
  }

  private static String atom(Formula formula) {
    if (formula instanceof Formula.Compare c) {
      return of(c.left()) + " " + c.relation() + " " + of(c.right());
    }
    if (formula instanceof Formula.Check check) {
      return check.predicate().name().toLowerCase(java.util.Locale.ROOT) + "(" + check.of() + ")";
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      String row = argmax.row().isEmpty() ? "" : index(argmax.row());
      return "argmax(" + argmax.of() + row + ") == " + argmax.index();
    }
    if (formula instanceof Formula.ArgmaxStays) {
      return "argmax(output) stays";
    }
    if (formula instanceof Formula.LocalLipschitz l) {
      return "local_lipschitz(" + number(l.radius()) + ", " + number(l.limit()) + ")";
    }
    if (formula instanceof Formula.Lipschitz l) {
      return "lipschitz(" + number(l.radius()) + ", " + number(l.ratio()) + ")";
    }
    return "true";
  }

  /** Prints a term. */
  public static String of(Term term) {
    if (term instanceof Term.Constant constant) {
      return number(constant.value());
    }
    if (term instanceof Term.Element element) {
      return element.of() + index(element.index());
    }
    if (term instanceof Term.Reduce reduce) {
      return reduce.reduction().name().toLowerCase(java.util.Locale.ROOT) + "(" + reduce.of() + ")";
    }
    Term.Binary binary = (Term.Binary) term;
    String sign = binary.operation().toString();
    return "(" + of(binary.left()) + " " + sign + " " + of(binary.right()) + ")";
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String index(List<Integer> index) {
    return index.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** All digits, with a power of ten where the point stands far away. */
  static String number(BigDecimal value) {
    return Math.abs(value.precision() - (long) value.scale()) < 15
        ? value.toPlainString()
        : value.toString().replace("E+", "E");
  }
}
