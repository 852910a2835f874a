package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.op.Permute;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pools, and layers that only move elements. */
final class ShapeRows {
  private ShapeRows() {}

  static Held maxPool(MaxPool op, Spot at) {
    at.requireSpatial();
    Map<String, Object> layer = windows(op.geometry(), at, "MaxPool");
    layer.put("dilation", op.geometry().dilation());
    layer.put("ceil_mode", op.geometry().ceil());
    return Held.SPATIAL;
  }

  static Held averagePool(AveragePool op, Spot at) {
    at.requireSpatial();
    if (op.geometry().dilation().stream().anyMatch(d -> d != 1)) {
      throw at.refused("dilated windows", "PyTorch's AvgPool has none");
    }
    Map<String, Object> layer = windows(op.geometry(), at, "AvgPool");
    layer.put("ceil_mode", op.geometry().ceil());
    layer.put("count_include_pad", op.countPadding());
    return Held.SPATIAL;
  }

  private static Map<String, Object> windows(Geometry geometry, Spot at, String type) {
    Map<String, Object> layer = at.layer(type + geometry.rank() + "d");
    layer.put("kernel_size", geometry.kernel());
    layer.put("stride", geometry.stride());
    layer.put("padding", WeightRows.padding(geometry, at));
    return layer;
  }

  static Held adaptive(AdaptiveAveragePool op, Spot at) {
    List<Integer> kernel = new ArrayList<>();
    for (int axis = 0; axis < op.to().size(); axis++) {
      Dim size = at.in().dim(axis + 1);
      if (!size.isFixed() || size.value() % op.to().get(axis) != 0) {
        throw at.refused(
            "parts of " + size + " elements", "only equal parts are an ordinary average pool");
      }
      kernel.add(Math.toIntExact(size.value() / op.to().get(axis)));
    }
    return averagePool(new AveragePool(Geometry.of(kernel).stride(kernel), true), at);
  }

  /** The mean over all spatial axes: a pool as large as the image, and a flatten. */
  static Held mean(ReduceMean op, Spot at) {
    int spatial = at.in().rank() - 2;
    List<Integer> axes = op.axes().stream().map(at.in()::axis).sorted().toList();
    boolean whole = axes.equals(IntStream.rangeClosed(1, spatial).boxed().toList());
    if (!at.held().spatial() || !whole || !at.in().sub(1, spatial + 1).isFixed()) {
      throw at.refused("a mean over axes " + op.axes(), "only means of whole images are layers");
    }
    List<Integer> kernel =
        IntStream.rangeClosed(1, spatial).mapToObj(axis -> at.in().size(axis)).toList();
    averagePool(new AveragePool(Geometry.of(kernel).stride(kernel), true), at);
    if (op.keep()) {
      return Held.SPATIAL;
    }
    flatten(at, 1, -1);
    return Held.ALIKE;
  }

  static Held reshape(Reshape op, Spot at) {
    if (at.in().equals(op.to())) {
      return at.held();
    }
    if (at.held().spatial() && flat(at.in(), 1, at.in().rank()).equals(op.to())) {
      flatten(at, 1, -1);
      return Held.flattened(at.in().sub(1, at.in().rank()));
    }
    if (at.held().equals(Held.ALIKE) && flattened(at, op.to())) {
      return Held.ALIKE;
    }
    throw at.refused(at.in() + " to " + op.to(), "of reshapes only a flatten is a layer");
  }

  /** Writes the flatten that makes a shape, if there is one. */
  private static boolean flattened(Spot at, Shape to) {
    int rank = at.in().rank();
    int joined = rank - to.rank() + 1;
    for (int start = 0; joined > 1 && start + joined <= rank; start++) {
      if (flat(at.in(), start, start + joined).equals(to)) {
        flatten(at, start, start + joined == rank ? -1 : start + joined - 1);
        return true;
      }
    }
    return false;
  }

  private static Shape flat(Shape in, int start, int end) {
    Dim volume = in.sub(start, end).volume();
    return in.sub(0, start).concat(Shape.of(volume)).concat(in.sub(end, in.rank()));
  }

  private static void flatten(Spot at, int start, int end) {
    Map<String, Object> layer = at.layer("Flatten");
    layer.put("start_dim", start);
    layer.put("end_dim", end);
  }

  /** Only a change between channels-last and channels-first, which is no layer at all. */
  static Held permute(Permute op, Spot at) {
    int rank = op.order().size();
    if (at.held().spatial() && op.order().equals(Orders.toChannelsFirst(rank))) {
      return Held.ALIKE;
    }
    boolean back = rank > 2 && op.order().equals(Orders.toChannelsLast(rank));
    if (!at.held().spatial() && at.held().flattened().isEmpty() && back) {
      return Held.SPATIAL;
    }
    throw at.refused("axes in the order " + op.order(), "no layer moves axes");
  }

  /** A layer along one axis. */
  static Held along(Spot at, String type, int axis) {
    int rank = at.in().rank();
    int front = at.in().axis(axis);
    int there = at.held().spatial() ? Orders.toChannelsLast(rank).get(front) : front;
    at.layer(type).put("dim", there);
    return at.held();
  }
}
