package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Steps that give the same elements another shape; weights of the file stay weights. */
final class ShapeCalls {
  private ShapeCalls() {}

  /** {@code view} and {@code reshape}: one size may be −1. */
  static AtenItem view(AtenCall call, String sizes) {
    Shape from = shape(call, "self");
    List<Dim> dims = new ArrayList<>(call.sizes(sizes));
    int open = dims.indexOf(Dim.of(-1));
    if (open >= 0) {
      dims.set(open, Dim.ONE);
      Dim rest = dims.stream().reduce(Dim.ONE, Dim::times);
      dims.set(open, from.volume().floorDiv(rest));
    }
    return reshaped(call, dims);
  }

  static AtenItem like(AtenCall call) {
    return reshaped(call, call.tensor("other").type().shape().dims());
  }

  /** A view by strides, where those are the ordinary ones of its sizes. */
  static AtenItem strided(AtenCall call) {
    List<Dim> sizes = call.sizes("size");
    List<Dim> strides = call.sizes("stride");
    boolean plain = !call.given("storage_offset") || call.whole("storage_offset") == 0;
    Dim step = Dim.ONE;
    for (int axis = sizes.size() - 1; axis >= 0; axis--) {
      plain &= sizes.get(axis).equals(Dim.ONE) || strides.get(axis).equals(step);
      step = step.times(sizes.get(axis));
    }
    if (!plain || !step.equals(shape(call, "self").volume())) {
      throw call.refused(
          "a view of sizes " + sizes + " by strides " + strides,
          "memory is not addressed by strides here",
          "write it with reshape, permute and slices");
    }
    return reshaped(call, sizes);
  }

  static AtenItem flatten(AtenCall call) {
    Shape from = shape(call, "self");
    if (from.rank() == 0) {
      return reshaped(call, List.of(Dim.ONE));
    }
    int start = from.axis(call.whole("start_dim"));
    int end = from.axis(call.whole("end_dim"));
    List<Dim> dims = new ArrayList<>(from.dims().subList(0, start));
    dims.add(from.sub(start, end + 1).volume());
    dims.addAll(from.dims().subList(end + 1, from.rank()));
    return reshaped(call, dims);
  }

  static AtenItem unflatten(AtenCall call) {
    Shape from = shape(call, "self");
    int axis = from.axis(call.whole("dim"));
    List<Dim> parts = new ArrayList<>(call.sizes("sizes"));
    int open = parts.indexOf(Dim.of(-1));
    if (open >= 0) {
      parts.set(open, Dim.ONE);
      Dim rest = parts.stream().reduce(Dim.ONE, Dim::times);
      parts.set(open, from.dim(axis).floorDiv(rest));
    }
    List<Dim> dims = new ArrayList<>(from.dims());
    dims.remove(axis);
    dims.addAll(axis, parts);
    return reshaped(call, dims);
  }

  /** Axes of size one are dropped: the named ones, or all. */
  static AtenItem squeeze(AtenCall call) {
    Shape from = shape(call, "self");
    List<Integer> named = call.wholes("dim").stream().map(from::axis).toList();
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      boolean asked = !call.given("dim") || named.contains(axis);
      if (!asked || !call.isOne(from.dim(axis))) {
        dims.add(from.dim(axis));
      }
    }
    return reshaped(call, dims);
  }

  static AtenItem unsqueeze(AtenCall call) {
    List<Dim> dims = new ArrayList<>(shape(call, "self").dims());
    int axis = call.whole("dim");
    dims.add(axis < 0 ? axis + dims.size() + 1 : axis, Dim.ONE);
    return reshaped(call, dims);
  }

  static AtenItem permute(AtenCall call) {
    Shape from = shape(call, "self");
    return permuted(call, call.wholes("dims").stream().map(from::axis).toList());
  }

  /** Two named axes exchanged. */
  static AtenItem swapped(AtenCall call, String first, String second) {
    Shape from = shape(call, "self");
    List<Integer> order = new ArrayList<>(AxisOrders.rising(from.rank()));
    Collections.swap(order, from.axis(call.whole(first)), from.axis(call.whole(second)));
    return permuted(call, order);
  }

  /** A matrix on its side; a vector stays. */
  static AtenItem t(AtenCall call) {
    int rank = shape(call, "self").rank();
    return permuted(call, rank < 2 ? AxisOrders.rising(rank) : List.of(1, 0));
  }

  /** The last two axes exchanged, or all in the opposite order. */
  static AtenItem matrix(AtenCall call, boolean all) {
    List<Integer> order = new ArrayList<>(AxisOrders.rising(shape(call, "self").rank()));
    Collections.reverse(all ? order : order.subList(order.size() - 2, order.size()));
    return permuted(call, order);
  }

  static AtenItem movedim(AtenCall call) {
    Shape from = shape(call, "self");
    List<Integer> sources = call.wholes("source").stream().map(from::axis).toList();
    List<Integer> targets = call.wholes("destination").stream().map(from::axis).toList();
    List<Integer> rest = new ArrayList<>(AxisOrders.rising(from.rank()));
    rest.removeAll(sources);
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      int at = targets.indexOf(axis);
      order.add(at >= 0 ? sources.get(at) : rest.remove(0));
    }
    return permuted(call, order);
  }

  private static Shape shape(AtenCall call, String name) {
    return call.item(name) instanceof AtenItem.Weight weight
        ? weight.parameter().tensor().shape()
        : call.tensor(name).type().shape();
  }

  private static AtenItem reshaped(AtenCall call, List<Dim> dims) {
    if (call.item("self") instanceof AtenItem.Weight weight) {
      Parameter held = weight.parameter();
      return new AtenItem.Weight(held.reshaped(new Shape(dims)));
    }
    return new AtenItem.Flow(call.reshaped(call.tensor("self"), dims));
  }

  private static AtenItem permuted(AtenCall call, List<Integer> order) {
    if (call.item("self") instanceof AtenItem.Weight weight) {
      Parameter held = weight.parameter();
      int[] axes = order.stream().mapToInt(Integer::intValue).toArray();
      return new AtenItem.Weight(held.permuted(axes));
    }
    return new AtenItem.Flow(call.permuted(call.tensor("self"), order));
  }
}
