package dev.axiomml.core.tensor;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A factor of a size that is no number: a symbol, or a function of sizes that no polynomial says.
 *
 * @param text its normal form
 * @param kind which function
 * @param parts what it is a function of; empty for a symbol
 */
record SizeAtom(String text, Kind kind, List<Dim> parts) {
  /** The functions. */
  enum Kind {
    /** A size known later. */
    SYMBOL,
    /** A quotient, rounded down. */
    FLOOR,
    /** The larger of a size and 0. */
    POSITIVE,
    /** The one size that all parts are, but for those that are 1. */
    BROADCAST
  }

  SizeAtom {
    parts = List.copyOf(parts);
  }

  static SizeAtom symbol(String name) {
    return new SizeAtom(name, Kind.SYMBOL, List.of());
  }

  static SizeAtom floor(Dim top, Dim bottom) {
    return new SizeAtom("⌊(" + top + ")/(" + bottom + ")⌋", Kind.FLOOR, List.of(top, bottom));
  }

  static SizeAtom positive(Dim size) {
    return new SizeAtom("(" + size + ")⁺", Kind.POSITIVE, List.of(size));
  }

  /** Of sizes that are all free; in text order, each once. */
  static SizeAtom broadcast(List<Dim> sizes) {
    List<Dim> parts = new ArrayList<>();
    for (Dim size : sizes) {
      size.broadcastParts().stream().filter(part -> !parts.contains(part)).forEach(parts::add);
    }
    parts.sort(Comparator.comparing(Dim::toString));
    String text = String.join("|", parts.stream().map(Dim::toString).toList());
    return new SizeAtom("(" + text + ")", Kind.BROADCAST, parts);
  }

  /** Whether it cannot be below 0; sizes cannot. */
  boolean isNonNegative() {
    return kind != Kind.FLOOR || parts.stream().allMatch(Dim::isNonNegative);
  }

  /** Its value with symbols replaced. */
  Dim bind(Function<String, Dim> sizes) {
    if (kind == Kind.SYMBOL) {
      return sizes.apply(text);
    }
    List<Dim> bound = parts.stream().map(part -> part.bind(sizes)).toList();
    return switch (kind) {
      case FLOOR -> quotient(bound.get(0), bound.get(1));
      case POSITIVE -> bound.get(0).positive();
      default -> bound.stream().reduce(Dim.ONE, SizeAtom::together);
    };
  }

  private static Dim quotient(Dim top, Dim bottom) {
    if (bottom.equals(Dim.ZERO)) {
      throw new ShapeException(
          new Diagnosis(
              "a size that is " + top + " divided by 0",
              "",
              "beside an axis of size 0 the size that was left out can be any number",
              "give the model an input that is not empty along this axis"));
    }
    return top.floorDiv(bottom);
  }

  private static Dim together(Dim a, Dim b) {
    boolean one = a.equals(Dim.ONE) || b.equals(Dim.ONE);
    if (!one && !a.matches(b)) {
      throw new ShapeException(
          new Diagnosis(
              "sizes " + a + " and " + b + " along one axis",
              "",
              "sizes that are broadcast are equal, or 1",
              "give the inputs sizes that are equal along this axis"));
    }
    return a.broadcast(b);
  }

  /** Its value computed elsewhere. */
  <T> T in(SizeAlgebra<T> algebra) {
    if (kind == Kind.SYMBOL) {
      return algebra.symbol(text);
    }
    List<T> values = parts.stream().map(part -> part.in(algebra)).toList();
    return switch (kind) {
      case FLOOR -> algebra.floorDiv(values.get(0), values.get(1));
      case POSITIVE -> algebra.positive(values.get(0));
      default -> values.stream().reduce(algebra::broadcast).orElseThrow();
    };
  }
}
