package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Type;

/**
 * What a node makes or the graph is given; equal to itself only.
 *
 * @param id its number in the graph, counting from 0
 * @param name unique in the graph
 * @param type shape and element type; sizes may be symbolic
 */
public record Value(int id, String name, Type type) {
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
