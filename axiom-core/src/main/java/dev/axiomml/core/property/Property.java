package dev.axiomml.core.property;

/**
 * A statement about outputs, checked at run time with {@code ensure} or claimed for a region with
 * {@link #forAll}.
 *
 * @param <O> the output kind it has a meaning for
 * @param formula the statement
 */
public record Property<O extends Output>(Formula formula) {
  /** The claim that this holds for all inputs of a region. */
  public Theorem<O> forAll(Region region) {
    return new Theorem<>(region, formula);
  }

  /**
   * The claim that this holds on the model's declared domain, or for all finite inputs when it
   * declares none.
   */
  public Theorem<O> everywhere() {
    return forAll(new Region.Declared());
  }

  /** The text form, which the parser reads back. */
  @Override
  public String toString() {
    return PropertyText.of(formula);
  }
}
