package dev.axiomml.interop.vnnlib;

import java.util.List;

/**
 * A tensor that a query declares.
 *
 * @param name its name
 * @param elementType in small letters, {@code real} for arithmetic that is not said
 * @param shape its sizes; none for a scalar
 * @param initialized whether it has the value that the network's file gives it
 * @param first the number of its first element in the query; others follow row by row
 */
public record VnnTensor(
    String name, String elementType, List<Integer> shape, boolean initialized, int first) {
  /** Copies the list. */
  public VnnTensor {
    shape = List.copyOf(shape);
  }

  /** How many elements. */
  public int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Whether an element of the query is one of its own. */
  boolean holds(int element) {
    return element >= first && element - first < size();
  }

  @Override
  public String toString() {
    return name + " " + elementType + " " + shape.toString().replace(" ", "");
  }
}
