package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution whose windows read the image at moved positions: reading, masking and a matrix
 * product.
 *
 * @param at the node
 * @param kernel the window's sizes
 * @param out the sizes of the result
 */
record DeformableConv(OnnxNodeContext at, List<Integer> kernel, List<Integer> out) {
  private static final int OFFSET = 2;
  private static final int BIAS = 3;
  private static final int MASK = 4;

  static DeformableConv of(OnnxNodeContext at) {
    List<Integer> kernel = new ArrayList<>();
    List<Integer> out = new ArrayList<>();
    for (int axis = 2; axis < at.rank(0); axis++) {
      kernel.add(SamplingRules.size(at, at.shape(1).dim(axis)));
      out.add(SamplingRules.size(at, at.shape(OFFSET).dim(axis)));
    }
    OnnxWindows.kernel(at, at.shape(1));
    return new DeformableConv(at, kernel, out);
  }

  private int axes() {
    return kernel.size();
  }

  private int window() {
    return kernel.stream().reduce(1, Math::multiplyExact);
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
  }

  private List<Integer> setting(String name, int otherwise, int count) {
    return at.attributes().integers(name).orElse(Collections.nCopies(count, otherwise));
  }

  List<Value> emit() {
    OnnxSteps steps = new OnnxSteps(at);
    Value columns = columns();
    int groups = at.attributes().integer("group", 1);
    long channels = SamplingRules.size(at, at.shape(0).dim(1)) / groups;
    long filters = SamplingRules.size(at, at.shape(1).dim(0)) / groups;
    Shape places = Shape.of(at.shape(0).dim(0)).concat(shape(out));
    List<Value> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      Dim size = Dim.of(channels);
      Value part = steps.slice(columns, axes() + 2, Dim.of(g * channels), size);
      Value rows = steps.reshape(part, places.concat(Shape.of(window() * channels)));
      Value filter = steps.slice(at.in(1), 0, Dim.of(g * filters), Dim.of(filters));
      parts.add(steps.product(rows, matrix(filter, filters)));
    }
    Value y = joined(parts);
    Value sum = at.has(BIAS) ? steps.plus(y, at.in(BIAS)) : y;
    return List.of(at.emit(new Permute(AxisOrders.toChannelsFirst(axes() + 2)), sum));
  }

  private Value joined(List<Value> parts) {
    return parts.size() == 1 ? parts.get(0) : at.emitAll(new Concat(-1), parts).get(0);
  }

  /** (filters, channels, kernel…) as (kernel · channels, filters). */
  private Value matrix(Value filter, long filters) {
    List<Integer> order = new ArrayList<>(IntStream.range(2, axes() + 2).boxed().toList());
    order.addAll(List.of(1, 0));
    Value turned = at.emit(new Permute(order), filter);
    Dim rows = OnnxSteps.shape(filter).dim(1).times(window());
    return new OnnxSteps(at).reshape(turned, Shape.of(rows, Dim.of(filters)));
  }

  /** What each window reads: (N, out…, kernel, C). */
  private Value columns() {
    OnnxSteps steps = new OnnxSteps(at);
    int groups = at.attributes().integer("offset_group", 1);
    long channels = SamplingRules.size(at, at.shape(0).dim(1)) / groups;
    Value offsets = grouped(at.in(OFFSET), groups, axes());
    Value positions = steps.plus(offsets, at.constant(windows()));
    Value last = at.emit(new Permute(AxisOrders.toChannelsLast(axes() + 2)), at.in(0));
    Shape places = Shape.of(at.shape(0).dim(0)).concat(shape(out)).concat(Shape.of(window()));
    GridSample reading =
        new GridSample(new PixelReading(PixelReading.Mode.LINEAR, PixelReading.Border.ZEROS));
    List<Value> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      Value image = steps.slice(last, axes() + 1, Dim.of(g * channels), Dim.of(channels));
      Value where = steps.slice(positions, 1, Dim.of(g), Dim.ONE);
      Value read = at.emit(reading, image, steps.reshape(where, places.concat(Shape.of(axes()))));
      parts.add(at.has(MASK) ? steps.times(read, masks(places, groups, g)) : read);
    }
    return joined(parts);
  }

  private Value masks(Shape places, int groups, int g) {
    OnnxSteps steps = new OnnxSteps(at);
    Value mask = steps.slice(grouped(at.in(MASK), groups, 1), 1, Dim.of(g), Dim.ONE);
    return steps.reshape(mask, places.concat(Shape.of(1)));
  }

  /** (N, groups · kernel · per, out…) as (N, groups, out…, kernel, per). */
  private Value grouped(Value x, int groups, int per) {
    Shape apart =
        Shape.of(at.shape(0).dim(0), Dim.of(groups), Dim.of(window()), Dim.of(per))
            .concat(shape(out));
    List<Integer> order = new ArrayList<>(List.of(0, 1));
    IntStream.range(4, axes() + 4).forEach(order::add);
    order.addAll(List.of(2, 3));
    return at.emit(new Permute(order), new OnnxSteps(at).reshape(x, apart));
  }

  /** Where each window would read without offsets: (out…, kernel, axes). */
  private Tensor windows() {
    List<Integer> strides = setting("strides", 1, axes());
    List<Integer> dilations = setting("dilations", 1, axes());
    List<Integer> pads = setting("pads", 0, 2 * axes());
    Shape shape = shape(out).concat(Shape.of(window(), axes()));
    double[] positions = new double[shape.count()];
    for (int i = 0; i < positions.length / axes(); i++) {
      int tap = i % window();
      int place = i / window();
      for (int axis = axes() - 1; axis >= 0; axis--) {
        int step = tap % kernel.get(axis) * dilations.get(axis);
        positions[i * axes() + axis] =
            place % out.get(axis) * strides.get(axis) - pads.get(axis) + step;
        tap /= kernel.get(axis);
        place /= out.get(axis);
      }
    }
    return Tensor.ofDoubles(shape, at.dtype(OFFSET), positions);
  }
}
