package dev.axiomml.core.model;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one sample of an input looks like, given to a loader whose file does not say so.
 *
 * <p>Axes are named as in {@link Port}; {@code channels} as the last of several says that the shape
 * is channels-last, anything else that it is in the file's own order.
 *
 * @param name the input's name; empty where the file's or the input's position decides
 * @param sample element type and sizes of one sample, without the batch
 * @param axes what each axis of a sample is, without the batch: {@code height, width, channels}
 * @param domain the interval that every element is declared to be in
 */
public record InputSpec(
    Optional<String> name, Type sample, List<String> axes, Optional<Region.Range> domain) {
  /** Checks that each axis has a name. */
  public InputSpec {
    axes = List.copyOf(axes);
    if (axes.size() != sample.shape().rank()) {
      throw new IllegalArgumentException(
          sample.shape().rank() + " axes in " + sample + ", but named " + axes);
    }
  }

  /** A nameless float32 input in the file's own order. */
  public static InputSpec of(Shape sample) {
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < sample.rank(); axis++) {
      axes.add("axis" + (axis + 1));
    }
    return new InputSpec(Optional.empty(), Type.float32(sample), axes, Optional.empty());
  }

  /** Whether the sample is described channels-last. */
  public boolean channelsLast() {
    return axes.size() > 1 && axes.get(axes.size() - 1).equals("channels");
  }

  /** The type of a batch of samples in the file's order: channels, where named last, come first. */
  public Type inFileOrder(Dim batch) {
    List<Dim> dims = new ArrayList<>(sample.shape().dims());
    if (channelsLast()) {
      dims.add(0, dims.remove(dims.size() - 1));
    }
    dims.add(0, batch);
    return Type.of(new Shape(dims), sample.dtype());
  }
}
