package dev.axiomml.interop.onnx.rules.image;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Windows put back into images. */
public final class UnpoolRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Col2Im", UnpoolRules::columns), entry("MaxUnpool", UnpoolRules::maxUnpool));

  private UnpoolRules() {}

  private static List<Integer> setting(OnnxNodeContext at, String name, int otherwise, int count) {
    return at.attributes().integers(name).orElse(Collections.nCopies(count, otherwise));
  }

  /** Elements written to stated places among zeros; a stated size adds zeros at the ends. */
  private static List<Value> maxUnpool(OnnxNodeContext at) {
    int axes = at.rank(0) - 2;
    List<Integer> kernel = at.attributes().integers("kernel_shape").orElse(List.of());
    List<Integer> strides = setting(at, "strides", 1, axes);
    List<Integer> pads = setting(at, "pads", 0, 2 * axes);
    if (kernel.size() != axes) {
      throw at.refuse("kernel_shape " + kernel, "a window has one size for each spatial axis");
    }
    List<Dim> dims = new ArrayList<>(at.shape(0).dims());
    for (int i = 0; i < axes; i++) {
      long more = (long) kernel.get(i) - strides.get(i) - pads.get(i) - pads.get(axes + i);
      dims.set(i + 2, dims.get(i + 2).times(strides.get(i)).plus(more));
    }
    Shape inferred = new Shape(dims);
    OnnxSteps steps = new OnnxSteps(at);
    Value zero = at.scalar(at.dtype(0), 0);
    Value flat = at.emit(new Expand(Shape.of(inferred.volume())), zero);
    Shape line = Shape.of(at.shape(0).volume());
    Value x = steps.reshape(at.in(0), line);
    Value places = steps.reshape(at.in(1), line);
    Value y = at.emit(new ScatterElements(0, ScatterReduction.REPLACE), flat, places, x);
    return List.of(grown(at, steps.reshape(y, inferred)));
  }

  private static Value grown(OnnxNodeContext at, Value y) {
    if (!at.has(2)) {
      return y;
    }
    List<Dim> wanted = at.sizes(2);
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < wanted.size(); axis++) {
      Dim more = wanted.get(axis).minus(OnnxSteps.shape(y).dim(axis));
      if (!more.isFixed() || more.value() < 0) {
        throw at.refuse(
            "output_shape " + wanted + " for " + OnnxSteps.shape(y), "it may only be larger");
      }
      after.add((int) more.value());
    }
    return at.emit(new Pad(Collections.nCopies(after.size(), 0), after, 0), y);
  }

  /** Overlapping blocks summed up: a transposed convolution that gives each element its pixel. */
  private static List<Value> columns(OnnxNodeContext at) {
    List<Integer> image = OnnxNodeContext.ints(at.require(1));
    List<Integer> block = OnnxNodeContext.ints(at.require(2));
    int axes = block.size();
    int taps = block.stream().reduce(1, Math::multiplyExact);
    WindowGeometry plain =
        WindowGeometry.of(block)
            .stride(setting(at, "strides", 1, axes))
            .dilation(setting(at, "dilations", 1, axes));
    List<Integer> pads = setting(at, "pads", 0, 2 * axes);
    List<Integer> extra = new ArrayList<>();
    List<Dim> blocks = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int whole = image.get(axis) + pads.get(axis) + pads.get(axes + axis) - plain.extent(axis);
      extra.add(Math.floorMod(whole, plain.stride().get(axis)));
      blocks.add(Dim.of(Math.floorDiv(whole, plain.stride().get(axis)) + 1L));
    }
    WindowGeometry geometry = plain.padding(pads.subList(0, axes), pads.subList(axes, 2 * axes));
    ConvTranspose op = new ConvTranspose(geometry, extra, 1);
    OnnxSteps steps = new OnnxSteps(at);
    Dim channels = at.shape(0).dim(1).floorDiv(taps);
    Dim each = at.shape(0).dim(0).times(channels);
    Value apart = steps.reshape(at.in(0), Shape.of(each, Dim.of(taps)).concat(new Shape(blocks)));
    Value last = at.emit(new Permute(AxisOrders.toChannelsLast(axes + 2)), apart);
    Shape out =
        Shape.of(at.shape(0).dim(0), channels)
            .concat(Shape.of(image.stream().mapToLong(Integer::longValue).toArray()));
    return List.of(steps.reshape(at.weighted(op, last, unit(at, block)), out));
  }

  /** A kernel whose input channel {@code k} is 1 at its element {@code k}. */
  private static Parameter unit(OnnxNodeContext at, List<Integer> block) {
    Shape shape = Shape.of(block.stream().mapToLong(Integer::longValue).toArray());
    int taps = shape.count();
    double[] ones = new double[taps * taps];
    for (int k = 0; k < taps; k++) {
      ones[k * taps + k] = 1;
    }
    return new Parameter(
        at.name() + ".unit", Tensor.ofDoubles(shape.concat(Shape.of(taps, 1)), at.dtype(0), ones));
  }
}
