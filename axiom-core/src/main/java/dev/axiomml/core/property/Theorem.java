package dev.axiomml.core.property;

/**
 * A claim that a statement holds for all inputs of a region.
 *
 * @param <O> the output kind it has a meaning for
 * @param region the inputs
 * @param formula the statement
 */
// The parameter is only for the compiler, as on Property.
@SuppressWarnings("UnusedTypeParameter")
public record Theorem<O extends Output>(Region region, Formula formula) {
  /**
   * The text form, which the parser reads back where the region is no ball around a tensor in
   * memory.
   */
  @Override
  public String toString() {
    return PropertyText.of(this);
  }
}
