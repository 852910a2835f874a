package dev.axiomml.dsl;

import dev.axiomml.core.op.ConvTranspose;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Transposed convolutions as parts. */
final class Transposed {
  private static final Set<Setting.Word> WORDS =
      EnumSet.of(
          Setting.Word.STRIDE,
          Setting.Word.PADDING,
          Setting.Word.DILATION,
          Setting.Word.GROUPS,
          Setting.Word.NO_BIAS,
          Setting.Word.OUTPUT_PADDING);

  private Transposed() {}

  static Part conv(Shape in, int channels, Windows windows) {
    Geometry geometry = windows.only(WORDS).on(in, false);
    int rank = geometry.rank();
    int inputs = in.size(-1);
    int groups = windows.groups();
    Spatials.requireGroups(inputs, channels, groups);
    Shape kernel = Spatials.kernel(geometry, inputs, channels / groups);
    List<Integer> torch = new ArrayList<>(List.of(rank, rank + 1));
    IntStream.range(0, rank).forEach(torch::add);
    Weight.Uniform start =
        new Weight.Uniform(1 / Math.sqrt((double) geometry.area() * channels / groups));
    List<Weight> weights = new ArrayList<>();
    weights.add(new Weight("weight", kernel, torch, start));
    if (windows.find(Setting.Word.NO_BIAS).isEmpty()) {
      weights.add(Weight.of("bias", Shape.of(channels), start));
    }
    List<Integer> more = windows.along(Setting.Word.OUTPUT_PADDING, rank);
    return new Part(
        "convtranspose",
        weights,
        types -> List.of(out(types.get(0), geometry, more, channels)),
        w -> new ConvTranspose(w.get(0), Spatials.second(w), geometry, more, groups));
  }

  private static Type out(Type in, Geometry geometry, List<Integer> more, int channels) {
    List<Dim> dims = new ArrayList<>(List.of(in.shape().dim(0)));
    for (int axis = 0; axis < geometry.rank(); axis++) {
      long grown =
          (long) geometry.extent(axis)
              + more.get(axis)
              - geometry.before().get(axis)
              - geometry.after().get(axis);
      Dim steps = in.shape().dim(axis + 1).plus(-1).times(geometry.stride().get(axis));
      dims.add(steps.plus(grown));
    }
    dims.add(Dim.of(channels));
    return Type.of(new Shape(dims), in.dtype());
  }
}
