package dev.axiomml.core.tensor;

/**
 * Where a size is computed anew from numbers and symbols, e.g. as nodes of a file; see {@link
 * Dim#in}.
 *
 * @param <T> a size there
 */
public interface SizeAlgebra<T> {
  /** A number. */
  T number(long value);

  /** A symbol such as the batch {@code N}. */
  T symbol(String name);

  /** Sum. */
  T sum(T first, T second);

  /** Product. */
  T product(T first, T second);

  /** Quotient, rounded down. */
  T floorDiv(T dividend, T divisor);

  /** The larger of a size and 0. */
  T positive(T size);

  /** The second size where the first is 1, else the first. */
  T broadcast(T first, T second);
}
