package dev.axiomml.backend.jni.lowering;

import java.util.ArrayList;
import java.util.List;

/**
 * One loop of a strided kernel over two operands.
 *
 * @param size steps of the loop
 * @param first elements from step to step in the one
 * @param second elements from step to step in the other
 */
record StridedLoop(int size, int first, int second) {
  /** Loops that a strided kernel takes at most. */
  static final int MAX_RANK = 8;

  static List<StridedLoop> all(int[] sizes, int[] first, int[] second) {
    List<StridedLoop> axes = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      axes.add(new StridedLoop(sizes[i], first[i], second[i]));
    }
    return axes;
  }

  /** The fewest loops that visit the same elements in the same order; at least one. */
  static List<StridedLoop> merged(List<StridedLoop> axes) {
    List<StridedLoop> merged = new ArrayList<>();
    for (StridedLoop axis : axes) {
      int last = merged.size() - 1;
      if (axis.size() != 1 && last >= 0 && axis.continues(merged.get(last))) {
        merged.set(
            last,
            new StridedLoop(merged.get(last).size() * axis.size(), axis.first(), axis.second()));
      } else if (axis.size() != 1) {
        merged.add(axis);
      }
    }
    return merged.isEmpty() ? List.of(new StridedLoop(1, 1, 1)) : merged;
  }

  private boolean continues(StridedLoop outer) {
    return outer.first() == first * size && outer.second() == second * size;
  }

  /** Rank, sizes, first strides, second strides. */
  static List<Long> attributes(List<StridedLoop> axes) {
    List<Long> attributes = new ArrayList<>(List.of((long) axes.size()));
    axes.forEach(axis -> attributes.add((long) axis.size()));
    axes.forEach(axis -> attributes.add((long) axis.first()));
    axes.forEach(axis -> attributes.add((long) axis.second()));
    return attributes;
  }
}
