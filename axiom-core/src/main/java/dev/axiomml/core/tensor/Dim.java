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
import org.jspecify.annotations.Nullable;

/**
 * One size of a shape: an integer polynomial of symbols such as the batch {@code N}, with floor
 * division, the larger of a size and 0, and the size that others are broadcast to.
 *
 * <p>Two dims are equal when their normal forms are: {@code (N + 1) * 2} equals {@code 2 * N + 2}.
 * Arithmetic that leaves the 64-bit range throws {@link ArithmeticException}.
 */
public final class Dim {
  /** Nothing along an axis. */
  public static final Dim ZERO = of(0);

  /** One element along an axis. */
  public static final Dim ONE = of(1);

  private static final String SYMBOL = "[A-Za-z_][A-Za-z0-9_.]*";

  private final Map<String, Term> terms;
  private @Nullable String text;

  /** A product of atoms, in text order, and a number. */
  private record Term(List<SizeAtom> atoms, long factor) {}

  private Dim(Map<String, Term> terms) {
    this.terms = terms;
  }

  /** A fixed size. */
  public static Dim of(long size) {
    return size == 0 ? new Dim(Map.of()) : new Dim(Map.of("", new Term(List.of(), size)));
  }

  /** A size that is known only later, by name. */
  public static Dim symbol(String name) {
    if (!name.matches(SYMBOL)) {
      throw new IllegalArgumentException("a symbol is letters, digits, _ and ., got " + name);
    }
    return ofAtom(SizeAtom.symbol(name));
  }

  private static Dim ofAtom(SizeAtom atom) {
    return new Dim(Map.of(atom.text(), new Term(List.of(atom), 1)));
  }

  /** Whether no symbol is left. */
  public boolean isFixed() {
    return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(""));
  }

  /** The name of a size that is one symbol and nothing else. */
  public Optional<String> asSymbol() {
    String text = toString();
    return !isFixed() && text.matches(SYMBOL) ? Optional.of(text) : Optional.empty();
  }

  /** The size as a number. @throws OpenSizeException while symbols are left */
  public long value() {
    if (!isFixed()) {
      throw new OpenSizeException("size " + this + " is symbolic; bind its symbols first");
    }
    Term constant = terms.get("");
    return constant == null ? 0 : constant.factor;
  }

  /** Sum. */
  public Dim plus(Dim other) {
    if (isFixed() && other.isFixed()) {
      return of(Math.addExact(value(), other.value()));
    }
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
    if (isFixed() && other.isFixed()) {
      return of(Math.multiplyExact(value(), other.value()));
    }
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
          List<SizeAtom> left = new ArrayList<>(term.atoms);
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
    return ofAtom(SizeAtom.floor(top, bottom));
  }

  /** Whether it cannot be below 0, symbols being sizes. */
  boolean isNonNegative() {
    return terms.values().stream()
        .allMatch(t -> t.factor >= 0 && t.atoms.stream().allMatch(SizeAtom::isNonNegative));
  }

  /**
   * The larger of this and 0: how many elements lie between two ends that may cross.
   *
   * <p>One of x⁺ and (−x)⁺ = x⁺ − x is the normal form, so that both are recognised.
   */
  public Dim positive() {
    Dim opposite = times(-1);
    if (isFixed() || isNonNegative() || opposite.isNonNegative()) {
      return isFixed() ? of(Math.max(0, value())) : isNonNegative() ? this : ZERO;
    }
    boolean turned = opposite.toString().compareTo(toString()) < 0;
    Dim above = ofAtom(SizeAtom.positive(turned ? opposite : this));
    return turned ? plus(above) : above;
  }

  /** The smaller of two sizes. */
  public Dim least(Dim other) {
    return minus(minus(other).positive());
  }

  /**
   * The size of an axis to which one of this size and one of another are broadcast: this where the
   * other is 1, the other where this is. That they fit is looked at where both are numbers.
   */
  public Dim broadcast(Dim other) {
    if (equals(other) || other.equals(ONE)) {
      return this;
    }
    if (equals(ONE) || other.isFixed()) {
      return other;
    }
    return isFixed() ? this : ofAtom(SizeAtom.broadcast(List.of(this, other)));
  }

  /** The sizes that this one is broadcast from; itself where it is none of those. */
  List<Dim> broadcastParts() {
    List<SizeAtom> atoms = terms.size() == 1 ? terms.values().iterator().next().atoms : List.of();
    boolean single = atoms.size() == 1 && atoms.get(0).kind() == SizeAtom.Kind.BROADCAST;
    return single && equals(ofAtom(atoms.get(0))) ? atoms.get(0).parts() : List.of(this);
  }

  /** This size with symbols replaced; the function answers the symbol itself where it stays. */
  public Dim bind(Function<String, Dim> sizes) {
    if (isFixed()) {
      return this;
    }
    Dim sum = ZERO;
    for (Term term : terms.values()) {
      Dim product = of(term.factor);
      for (SizeAtom atom : term.atoms) {
        product = product.times(atom.bind(sizes));
      }
      sum = sum.plus(product);
    }
    return sum;
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
        term.atoms.stream().map(atom -> atom.in(algebra)).reduce(algebra::product);
    if (symbols.isPresent() && term.factor == 1) {
      return symbols.get();
    }
    T factor = algebra.number(term.factor);
    return symbols.map(product -> algebra.product(factor, product)).orElse(factor);
  }

  /**
   * Whether this can be the same size as the other: equal, or not decidable before symbols are
   * bound.
   */
  public boolean matches(Dim other) {
    if (equals(other) || (isFixed() && other.isFixed())) {
      return equals(other);
    }
    Dim difference = minus(other);
    return !difference.isFixed() || difference.value() == 0;
  }

  private static Term product(Term a, Term b) {
    List<SizeAtom> atoms = new ArrayList<>(a.atoms);
    atoms.addAll(b.atoms);
    atoms.sort((x, y) -> x.text().compareTo(y.text()));
    return new Term(Collections.unmodifiableList(atoms), Math.multiplyExact(a.factor, b.factor));
  }

  private static Term merged(Term a, Term b) {
    return new Term(a.atoms, Math.addExact(a.factor, b.factor));
  }

  private static String key(List<SizeAtom> atoms) {
    return atoms.stream().map(SizeAtom::text).collect(Collectors.joining("·"));
  }

  private static Dim normal(Map<String, Term> terms) {
    Map<String, Term> kept = new TreeMap<>(terms);
    kept.values().removeIf(term -> term.factor == 0);
    return new Dim(kept);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Dim && toString().equals(other.toString()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString());
  }

  /** The normal form: {@code 2·N+3}, {@code 28}. */
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = isFixed() ? Long.toString(value()) : written();
      text = known;
    }
    return known;
  }

  private String written() {
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
