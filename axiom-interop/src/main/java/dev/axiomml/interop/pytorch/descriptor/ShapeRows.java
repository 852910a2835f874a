package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pools, and layers that only move elements. */
final class ShapeRows {
  private ShapeRows() {}

  static DescribedValue maxPool(MaxPool op, DescriptorContext at) {
    at.requireSpatial();
    Map<String, Object> layer = windows(op.geometry(), at, "MaxPool");
    layer.put("dilation", op.geometry().dilation());
    layer.put("ceil_mode", op.geometry().ceil());
    return DescribedValue.SPATIAL;
  }

  static DescribedValue averagePool(AveragePool op, DescriptorContext at) {
    at.requireSpatial();
    if (op.geometry().dilation().stream().anyMatch(d -> d != 1)) {
      throw at.refused("dilated windows", "PyTorch's AvgPool has none");
    }
    Map<String, Object> layer = windows(op.geometry(), at, "AvgPool");
    layer.put("ceil_mode", op.geometry().ceil());
    layer.put("count_include_pad", op.countPadding());
    return DescribedValue.SPATIAL;
  }

  private static Map<String, Object> windows(
      WindowGeometry geometry, DescriptorContext at, String type) {
    Map<String, Object> layer = at.layer(type + geometry.rank() + "d");
    layer.put("kernel_size", geometry.kernel());
    layer.put("stride", geometry.stride());
    layer.put("padding", WeightRows.padding(geometry, at));
    return layer;
  }

  static DescribedValue adaptive(AdaptiveAveragePool op, DescriptorContext at) {
    List<Integer> kernel = new ArrayList<>();
    for (int axis = 0; axis < op.to().size(); axis++) {
      Dim size = at.in().dim(axis + 1);
      if (!size.isFixed() || size.value() % op.to().get(axis) != 0) {
        throw at.refused(
            "parts of " + size + " elements", "only equal parts are an ordinary average pool");
      }
      kernel.add(Math.toIntExact(size.value() / op.to().get(axis)));
    }
    return averagePool(new AveragePool(WindowGeometry.of(kernel).stride(kernel), true), at);
  }

  /** The mean over all spatial axes: a pool as large as the image, and a flatten. */
  static DescribedValue mean(ReduceMean op, DescriptorContext at) {
    int spatial = at.in().rank() - 2;
    List<Integer> axes = op.axes().stream().map(at.in()::axis).sorted().toList();
    boolean whole = axes.equals(IntStream.rangeClosed(1, spatial).boxed().toList());
    if (!at.held().spatial() || !whole || !at.in().sub(1, spatial + 1).isFixed()) {
      throw at.refused("a mean over axes " + op.axes(), "only means of whole images are layers");
    }
    List<Integer> kernel =
        IntStream.rangeClosed(1, spatial).mapToObj(axis -> at.in().size(axis)).toList();
    averagePool(new AveragePool(WindowGeometry.of(kernel).stride(kernel), true), at);
    if (op.keep()) {
      return DescribedValue.SPATIAL;
    }
    flatten(at, 1, -1);
    return DescribedValue.ALIKE;
  }

  static DescribedValue reshape(Reshape op, DescriptorContext at) {
    if (at.in().equals(op.to())) {
      return at.held();
    }
    if (at.held().spatial() && flat(at.in(), 1, at.in().rank()).equals(op.to())) {
      flatten(at, 1, -1);
      return DescribedValue.flattened(at.in().sub(1, at.in().rank()));
    }
    if (at.held().equals(DescribedValue.ALIKE) && flattened(at, op.to())) {
      return DescribedValue.ALIKE;
    }
    throw at.refused(at.in() + " to " + op.to(), "of reshapes only a flatten is a layer");
  }

  /** Writes the flatten that makes a shape, if there is one. */
  private static boolean flattened(DescriptorContext at, Shape to) {
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

  private static void flatten(DescriptorContext at, int start, int end) {
    Map<String, Object> layer = at.layer("Flatten");
    layer.put("start_dim", start);
    layer.put("end_dim", end);
  }

  /** Only a change between channels-last and channels-first, which is no layer at all. */
  static DescribedValue permute(Permute op, DescriptorContext at) {
    int rank = op.order().size();
    if (at.held().spatial() && op.order().equals(AxisOrders.toChannelsFirst(rank))) {
      return DescribedValue.ALIKE;
    }
    boolean back = rank > 2 && op.order().equals(AxisOrders.toChannelsLast(rank));
    if (!at.held().spatial() && at.held().flattened().isEmpty() && back) {
      return DescribedValue.SPATIAL;
    }
    throw at.refused("axes in the order " + op.order(), "no layer moves axes");
  }

  /** A layer along one axis. */
  static DescribedValue along(DescriptorContext at, String type, int axis) {
    int rank = at.in().rank();
    int front = at.in().axis(axis);
    int there = at.held().spatial() ? AxisOrders.toChannelsLast(rank).get(front) : front;
    at.layer(type).put("dim", there);
    return at.held();
  }
}
