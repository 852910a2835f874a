package dev.axiomml.core.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One size of a shape: an integer polynomial of symbols such as the batch {@code N}, with floor
 * division.
 *
 * <p>Two dims are equal when their normal forms are: {@code (N + 1) * 2} equals {@code 2 * N + 2}.
 * Arithmetic that leaves the 64-bit range throws {@link ArithmeticException}.
 */
public final class Dim {
  /** Nothing along an axis. */
  public static final Dim ZERO = of(0);

  /** One element along an axis. */
  public static final Dim ONE = of(1);

  /** What a product is made of, in text order; an atom is a symbol or a floor division. */
  private record Atom(String text, List<Dim> floor) {}

  private final Map<String, Term> terms;

  private record Term(List<Atom> atoms, long factor) {}

  private Dim(Map<String, Term> terms) {
    this.terms = terms;
  }

  /** A fixed size. */
  public static Dim of(long size) {
    return size == 0 ? new Dim(Map.of()) : new Dim(Map.of("", new Term(List.of(), size)));
  }

  /** A size that is known only later, by name. */
  public static Dim symbol(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
      throw new IllegalArgumentException("a symbol is letters, digits, _ and ., got " + name);
    }
    return ofAtom(new Atom(name, List.of()));
  }

  private static Dim ofAtom(Atom atom) {
    return new Dim(Map.of(atom.text, new Term(List.of(atom), 1)));
  }

  /** Whether no symbol is left. */
  public boolean isFixed() {
    return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(""));
  }

  /** The size as a number. @throws IllegalStateException while symbols are left */
  public long value() {
    if (!isFixed()) {
      throw new IllegalStateException("size " + this + " is symbolic; bind its symbols first");
    }
    Term constant = terms.get("");
    return constant == null ? 0 : constant.factor;
  }

  /** Sum. */
  public Dim plus(Dim other) {
    Map<String, Term> sum = new TreeMap<>(terms);
    other.terms.forEach((key, term) -> sum.merge(key, term, Dim::merged));
    return normal(sum);
  }

  /** Sum with a number. */
  public Dim plus(long other) {
    return plus(of(other));
  }

  /** Difference. */
  public Dim minus(Dim other) {
    return plus(other.times(of(-1)));
  }

  /** Product. */
  public Dim times(Dim other) {
    Map<String, Term> product = new TreeMap<>();
    for (Term a : terms.values()) {
      for (Term b : other.terms.values()) {
        Term term = product(a, b);
        product.merge(key(term.atoms), term, Dim::merged);
      }
    }
    return normal(product);
  }

  /** Product with a number. */
  public Dim times(long other) {
    return times(of(other));
  }

  /**
   * Floor division; exact wherever every term divides. @throws ArithmeticException when the divisor
   * is zero
   */
  public Dim floorDiv(Dim divisor) {
    if (divisor.isFixed() && divisor.value() == 0) {
      throw new ArithmeticException("division of size " + this + " by zero");
    }
    if (isFixed() && divisor.isFixed()) {
      return of(Math.floorDiv(value(), divisor.value()));
    }
    if (equals(divisor)) {
      return ONE;
    }
    return divisor.terms.size() == 1 ? dividedByTerm(divisor) : floorAtom(this, divisor);
  }

  /** Floor division by a number. */
  public Dim floorDiv(long divisor) {
    return floorDiv(of(divisor));
  }

  private Dim dividedByTerm(Dim divisor) {
    Term by = divisor.terms.values().iterator().next();
    Map<String, Term> whole = new TreeMap<>();
    Map<String, Term> rest = new TreeMap<>();
    terms.forEach(
        (key, term) -> {
          List<Atom> left = new ArrayList<>(term.atoms);
          boolean divides =
              term.factor % by.factor == 0 && by.atoms.stream().allMatch(left::remove);
          if (divides) {
            whole.put(key(left), new Term(List.copyOf(left), term.factor / by.factor));
          } else {
            rest.put(key, term);
          }
        });
    Dim exact = normal(whole);
    return rest.isEmpty() ? exact : exact.plus(floorAtom(normal(rest), divisor));
  }

  private static Dim floorAtom(Dim top, Dim bottom) {
    if (top.isFixed() && bottom.isFixed()) {
      return of(Math.floorDiv(top.value(), bottom.value()));
    }
    return ofAtom(new Atom("⌊(" + top + ")/(" + bottom + ")⌋", List.of(top, bottom)));
  }

  /** This size with symbols replaced; the function answers the symbol itself where it stays. */
  public Dim bind(Function<String, Dim> sizes) {
    if (isFixed()) {
      return this;
    }
    Dim sum = ZERO;
    for (Term term : terms.values()) {
      Dim product = of(term.factor);
      for (Atom atom : term.atoms) {
        product = product.times(bound(atom, sizes));
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  private static Dim bound(Atom atom, Function<String, Dim> sizes) {
    return atom.floor.isEmpty()
        ? sizes.apply(atom.text)
        : atom.floor.get(0).bind(sizes).floorDiv(atom.floor.get(1).bind(sizes));
  }

  /** This size computed elsewhere. */
  public <T> T in(SizeAlgebra<T> algebra) {
    return terms.values().stream()
        .map(term -> computed(term, algebra))
        .reduce(algebra::sum)
        .orElseGet(() -> algebra.number(0));
  }

  private static <T> T computed(Term term, SizeAlgebra<T> algebra) {
    Optional<T> symbols =
        term.atoms.stream().map(atom -> computed(atom, algebra)).reduce(algebra::product);
    if (symbols.isPresent() && term.factor == 1) {
      return symbols.get();
    }
    T factor = algebra.number(term.factor);
    return symbols.map(product -> algebra.product(factor, product)).orElse(factor);
  }

  private static <T> T computed(Atom atom, SizeAlgebra<T> algebra) {
    return atom.floor.isEmpty()
        ? algebra.symbol(atom.text)
        : algebra.floorDiv(atom.floor.get(0).in(algebra), atom.floor.get(1).in(algebra));
  }

  /**
   * Whether this can be the same size as the other: equal, or not decidable before symbols are
   * bound.
   */
  public boolean matches(Dim other) {
    Dim difference = minus(other);
    return !difference.isFixed() || difference.value() == 0;
  }

  private static Term product(Term a, Term b) {
    List<Atom> atoms = new ArrayList<>(a.atoms);
    atoms.addAll(b.atoms);
    atoms.sort((x, y) -> x.text.compareTo(y.text));
    return new Term(Collections.unmodifiableList(atoms), Math.multiplyExact(a.factor, b.factor));
  }

  private static Term merged(Term a, Term b) {
    return new Term(a.atoms, Math.addExact(a.factor, b.factor));
  }

  private static String key(List<Atom> atoms) {
    return atoms.stream().map(Atom::text).collect(Collectors.joining("·"));
  }

  private static Dim normal(Map<String, Term> terms) {
    Map<String, Term> kept = new TreeMap<>(terms);
    kept.values().removeIf(term -> term.factor == 0);
    return new Dim(kept);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dim && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString());
  }

  /** The normal form: {@code 2·N+3}, {@code 28}. */
  @Override
  public String toString() {
    if (terms.isEmpty()) {
      return "0";
    }
    List<String> parts = new ArrayList<>();
    terms.forEach(
        (key, term) ->
            parts.add(
                key.isEmpty()
                    ? "" + term.factor
                    : term.factor == 1 ? key : term.factor + "·" + key));
    Collections.reverse(parts);
    return String.join("+", parts).replace("+-", "-");
  }
}
