package dev.axiomml.core.op.move;

import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A reshape cut into the smallest groups of neighbouring axes that hold the same number of elements
 * before and after.
 */
final class ReshapeGroups {
  private final Shape to;
  private final List<Group> groups;

  /** Axes {@code [in, inEnd)} become axes {@code [out, outEnd)}. */
  private record Group(int in, int inEnd, int out, int outEnd) {
    /** Whether the group's axes lie side by side and in their order from a stored axis on. */
    boolean startsAt(int[] order, int stored) {
      int size = inEnd - in;
      int[] wanted = IntStream.range(in, inEnd).toArray();
      return stored + size <= order.length
          && Arrays.equals(Arrays.copyOfRange(order, stored, stored + size), wanted);
    }
  }

  private ReshapeGroups(Shape to, List<Group> groups) {
    this.to = to;
    this.groups = groups;
  }

  /** The groups of a reshape; empty when it cannot be cut or an axis belongs to no group. */
  static Optional<ReshapeGroups> of(Shape from, Shape to) {
    List<Group> groups = new ArrayList<>();
    int in = 0;
    int out = 0;
    while (in < from.rank() && out < to.rank()) {
      Optional<Group> next = smallest(from, to, new int[] {in, out});
      if (next.isEmpty()) {
        return Optional.empty();
      }
      groups.add(next.get());
      in = next.get().inEnd;
      out = next.get().outEnd;
    }
    return in == from.rank() && out == to.rank() && from.rank() > 0
        ? Optional.of(new ReshapeGroups(to, groups))
        : Optional.empty();
  }

  /** The smallest next group; what is left at the end, all of size 1, belongs to the last one. */
  private static Optional<Group> smallest(Shape from, Shape to, int[] start) {
    List<Group> even = new ArrayList<>();
    for (int inEnd = start[0] + 1; inEnd <= from.rank(); inEnd++) {
      int end = inEnd;
      IntStream.rangeClosed(start[1] + 1, to.rank())
          .mapToObj(outEnd -> new Group(start[0], end, start[1], outEnd))
          .filter(group -> even(from, to, group))
          .forEach(even::add);
    }
    return even.stream()
        .min(Comparator.comparingInt(group -> group.inEnd + group.outEnd))
        .map(group -> withRest(from, to, group));
  }

  private static boolean even(Shape from, Shape to, Group group) {
    return from.sub(group.in, group.inEnd)
        .volume()
        .equals(to.sub(group.out, group.outEnd).volume());
  }

  private static Group withRest(Shape from, Shape to, Group group) {
    boolean ends = group.inEnd == from.rank() || group.outEnd == to.rank();
    boolean ones =
        from.sub(group.inEnd, from.rank()).dims().stream().allMatch(Dim.ONE::equals)
            && to.sub(group.outEnd, to.rank()).dims().stream().allMatch(Dim.ONE::equals);
    return ends && ones ? new Group(group.in, from.rank(), group.out, to.rank()) : group;
  }

  /** The reshape of a value stored in an order, where every group is stored side by side. */
  Optional<ReorderedOp> relaid(int[] order) {
    List<Integer> after = new ArrayList<>();
    int stored = 0;
    while (stored < order.length) {
      int at = stored;
      Optional<Group> group = groups.stream().filter(g -> g.startsAt(order, at)).findFirst();
      if (group.isEmpty()) {
        return Optional.empty();
      }
      IntStream.range(group.get().out, group.get().outEnd).forEach(after::add);
      stored += group.get().inEnd - group.get().in;
    }
    int[] outOrder = after.stream().mapToInt(Integer::intValue).toArray();
    return Optional.of(new ReorderedOp(new Reshape(to.permuted(outOrder)), outOrder));
  }
}
