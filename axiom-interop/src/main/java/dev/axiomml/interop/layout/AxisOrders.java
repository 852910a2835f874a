package dev.axiomml.interop.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Orders of axes between channels-first files and channels-last. */
public final class AxisOrders {
  private AxisOrders() {}

  /** From (N, C, spatial…) to (N, spatial…, C). */
  public static List<Integer> toChannelsLast(int rank) {
    List<Integer> order = new ArrayList<>(rising(rank));
    order.add(order.remove(1));
    return order;
  }

  /** From (N, spatial…, C) to (N, C, spatial…). */
  public static List<Integer> toChannelsFirst(int rank) {
    List<Integer> order = new ArrayList<>(rising(rank));
    order.add(1, order.remove(rank - 1));
    return order;
  }

  /** From (out, in, kernel…) to (kernel…, in, out). */
  public static int[] kernel(int rank) {
    return tail(rank, 1, 0);
  }

  /** From (in, out, kernel…) to (kernel…, in, out). */
  public static int[] transposedKernel(int rank) {
    return tail(rank, 0, 1);
  }

  private static int[] tail(int rank, int first, int second) {
    return IntStream.concat(IntStream.range(2, rank), IntStream.of(first, second)).toArray();
  }

  /** 0, 1, … as many as there are axes. */
  public static List<Integer> rising(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }
}
