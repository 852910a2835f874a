package dev.axiomml.dsl.part;

import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Transposed convolutions as parts. */
public final class TransposedParts {
  private static final Set<WindowSetting.Word> WORDS =
      EnumSet.of(
          WindowSetting.Word.STRIDE,
          WindowSetting.Word.PADDING,
          WindowSetting.Word.DILATION,
          WindowSetting.Word.GROUPS,
          WindowSetting.Word.NO_BIAS,
          WindowSetting.Word.OUTPUT_PADDING);

  private TransposedParts() {}

  public static OperatorPart conv(Shape in, int channels, WindowSettings windows) {
    WindowGeometry geometry = windows.only(WORDS).on(in, false);
    int rank = geometry.rank();
    int inputs = in.size(-1);
    int groups = windows.groups();
    SpatialParts.requireGroups(inputs, channels, groups);
    Shape kernel = SpatialParts.kernel(geometry, inputs, channels / groups);
    List<Integer> torch = new ArrayList<>(List.of(rank, rank + 1));
    IntStream.range(0, rank).forEach(torch::add);
    WeightDraft.Uniform start =
        new WeightDraft.Uniform(1 / Math.sqrt((double) geometry.area() * channels / groups));
    List<WeightDraft> weights = new ArrayList<>();
    weights.add(new WeightDraft("weight", kernel, torch, start));
    if (windows.find(WindowSetting.Word.NO_BIAS).isEmpty()) {
      weights.add(WeightDraft.of("bias", Shape.of(channels), start));
    }
    List<Integer> more = windows.along(WindowSetting.Word.OUTPUT_PADDING, rank);
    return new OperatorPart(
        "convtranspose",
        weights,
        types -> List.of(out(types.get(0), geometry, more, channels)),
        new ConvTranspose(geometry, more, groups));
  }

  private static Type out(Type in, WindowGeometry geometry, List<Integer> more, int channels) {
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
