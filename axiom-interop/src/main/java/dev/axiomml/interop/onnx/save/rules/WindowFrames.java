package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What lies around the windows of (N, C, spatial…): padding, cropping, last windows. */
final class WindowFrames {
  private WindowFrames() {}

  /** Padding as ONNX lists it: all fronts, then all ends; what crops counts as none. */
  static List<Integer> pads(WindowGeometry geometry) {
    List<Integer> all = new ArrayList<>(geometry.before());
    all.addAll(geometry.after());
    return all.stream().map(pad -> Math.max(0, pad)).toList();
  }

  /** Whether padding is negative somewhere. */
  static boolean crops(WindowGeometry geometry) {
    return geometry.before().stream().anyMatch(p -> p < 0)
        || geometry.after().stream().anyMatch(p -> p < 0);
  }

  /** Whether padding is as wide as a window, which ONNX's pools do not take. */
  static boolean isWide(WindowGeometry geometry) {
    List<Integer> pads = pads(geometry);
    for (int i = 0; i < pads.size(); i++) {
      if (pads.get(i) >= geometry.kernel().get(i % geometry.rank())) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is one window, and it is the whole image. */
  static boolean isWhole(WindowGeometry geometry, Shape shape) {
    Shape sizes = shape.sub(2, shape.rank());
    boolean framed = pads(geometry).stream().anyMatch(pad -> pad > 0) || crops(geometry);
    Shape kernel = new Shape(geometry.kernel().stream().map(k -> Dim.of(k)).toList());
    return !framed && sizes.equals(kernel) && geometry.dilation().stream().allMatch(d -> d == 1);
  }

  /** The value without what negative padding cuts off. */
  static String cropped(WriteContext at, String x, WindowGeometry geometry) {
    if (!crops(geometry)) {
      return x;
    }
    List<Integer> starts = geometry.before().stream().map(p -> Math.max(0, -p)).toList();
    List<Integer> ends = geometry.after().stream().map(p -> p < 0 ? p : Integer.MAX_VALUE).toList();
    List<Integer> axes = AxisOrders.rising(geometry.rank()).stream().map(a -> a + 2).toList();
    return at.one("Slice", x, at.longs(starts), at.longs(ends), at.longs(axes));
  }

  /** The value with its padding put there. */
  static String padded(WriteContext at, String x, WindowGeometry geometry, String number) {
    List<Integer> none = List.of(0, 0);
    List<Integer> all = new ArrayList<>(none);
    all.addAll(pads(geometry).subList(0, geometry.rank()));
    all.addAll(none);
    all.addAll(pads(geometry).subList(geometry.rank(), 2 * geometry.rank()));
    return at.one("Pad", x, at.longs(all), number);
  }

  /** The same windows, what was cut off put on and the other way round. */
  static WindowGeometry negated(WindowGeometry geometry) {
    return geometry.padding(
        geometry.before().stream().map(p -> -p).toList(),
        geometry.after().stream().map(p -> -p).toList());
  }

  /** The same windows without padding. */
  static WindowGeometry bare(WindowGeometry geometry) {
    List<Integer> zeros = Collections.nCopies(geometry.rank(), 0);
    return geometry.padding(zeros, zeros);
  }

  /** The padding that one geometry has beyond another's. */
  static WindowGeometry beyond(WindowGeometry inner, WindowGeometry outer) {
    List<Integer> zeros = Collections.nCopies(inner.rank(), 0);
    List<Integer> more = new ArrayList<>();
    for (int axis = 0; axis < inner.rank(); axis++) {
      more.add(outer.after().get(axis) - Math.max(0, inner.after().get(axis)));
    }
    return outer.padding(zeros, more);
  }

  /** The same windows, their last ones reached by padding instead of by rounding up. */
  static WindowGeometry floored(WindowGeometry geometry, Shape shape) {
    Shape spatial = shape.sub(2, shape.rank());
    if (!geometry.ceil() || !spatial.isFixed()) {
      return geometry;
    }
    Shape last = shape.sub(0, 1).concat(spatial).concat(shape.sub(1, 2));
    List<Dim> wanted = geometry.windows("pool", last);
    List<Dim> plain = geometry.ceil(false).windows("pool", last);
    List<Integer> after = new ArrayList<>(geometry.after());
    for (int axis = 0; axis < geometry.rank(); axis++) {
      if (!wanted.get(axis).equals(plain.get(axis))) {
        after.set(axis, Math.max(0, room(geometry, axis, wanted.get(axis), spatial.size(axis))));
      }
    }
    return geometry.padding(geometry.before(), after).ceil(false);
  }

  private static int room(WindowGeometry geometry, int axis, Dim windows, int size) {
    int reach = (int) (windows.value() - 1) * geometry.stride().get(axis) + geometry.extent(axis);
    return reach - size - geometry.before().get(axis);
  }
}
