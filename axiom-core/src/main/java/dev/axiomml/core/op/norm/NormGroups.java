package dev.axiomml.core.op.norm;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which elements are normed together, and which factor each has.
 *
 * <p>Elements lie as (samples, pixels, groups, members); a group is a sample's pixels and members.
 *
 * @param sizes samples, pixels, groups, members
 * @param channels shape of the factors: (groups × members), or the members' own axes where there is
 *     one group
 */
public record NormGroups(int[] sizes, Shape channels) {
  /** Samples, pixels, groups and members as axes. */
  Shape shape() {
    return Shape.of(sizes);
  }

  /** The mean of each group. */
  double[] mean(double[] x) {
    return mean(LoopNest.plain(loops()), x, x);
  }

  /** The mean of each group's products. */
  double[] mean(double[] first, double[] second) {
    return mean(LoopNest.of(loops()), first, second);
  }

  private double[] mean(LoopNest nest, double[] first, double[] second) {
    double[] mean = new double[sizes[0] * sizes[2]];
    LinearEngine.plain().run(List.of(nest), mean, first, second);
    Arrays.setAll(mean, group -> mean[group] / (sizes[1] * sizes[3]));
    return mean;
  }

  private List<Loop> loops() {
    int row = sizes[2] * sizes[3];
    return List.of(
        Loop.of(sizes[0], sizes[2], sizes[1] * row, sizes[1] * row),
        Loop.of(sizes[1], 0, row, row),
        Loop.of(sizes[2], 1, sizes[3], sizes[3]),
        Loop.of(sizes[3], 0, 1, 1));
  }

  /** The group of an element. */
  int group(int element) {
    return element / (sizes[1] * sizes[2] * sizes[3]) * sizes[2] + channel(element) / sizes[3];
  }

  /** Visits the elements of each group. */
  void each(Consumer<int[]> group) {
    int row = sizes[2] * sizes[3];
    for (int sample = 0; sample < sizes[0]; sample++) {
      for (int g = 0; g < sizes[2]; g++) {
        group.accept(members(sample * sizes[1] * row + g * sizes[3], row));
      }
    }
  }

  private int[] members(int start, int row) {
    int[] at = IndexWalk.walk(new int[] {sizes[1], sizes[3]}, new int[] {row, 1});
    return Arrays.stream(at).map(i -> i + start).toArray();
  }

  /** The factor of an element. */
  int channel(int element) {
    return element % (sizes[2] * sizes[3]);
  }

  /** The last axes of a shape, each row of them a group. */
  static NormGroups rows(Shape in, int axes) {
    Shape members = in.sub(in.rank() - axes, in.rank());
    return new NormGroups(
        new int[] {in.sub(0, in.rank() - axes).count(), 1, 1, members.count()}, members);
  }

  /** Channels last, split into groups over all pixels of a sample. */
  static NormGroups channels(Shape in, int groups) {
    int pixels = in.sub(1, in.rank() - 1).count();
    int channels = in.size(-1);
    return new NormGroups(
        new int[] {in.size(0), pixels, groups, channels / groups}, Shape.of(channels));
  }

  static void rows(Op op, Shape in, int axes, List<Shape> learned) {
    boolean fits = in.rank() >= axes;
    Shape members = fits ? in.sub(in.rank() - axes, in.rank()) : in;
    if (!fits || !learned.stream().allMatch(shape -> shape.matches(members))) {
      throw new ShapeException(
          new Diagnosis(
              op.title() + " over " + axes + " axes on " + in,
              "",
              "it norms the last axes, and its factors have their sizes"
                  + (learned.isEmpty() ? "" : ", here " + learned.get(0)),
              "give it a value whose last axes are those"));
    }
  }

  static void channels(Op op, Shape in, int groups) {
    boolean fits = in.rank() >= 2;
    if (!fits || (in.dim(-1).isFixed() && in.dim(-1).value() % groups != 0)) {
      throw new ShapeException(
          new Diagnosis(
              op.title() + " of " + groups + " groups on " + in,
              "",
              "the channels, which are the last axis, are split into equal groups",
              "use a number of groups that divides the channels"));
    }
  }

  /** Refuses factors or offsets of another number than the channels. */
  static void fits(Op op, Shape in, List<Shape> learned) {
    for (Shape shape : learned) {
      CommonShapeRules.rank(op.title() + " factors", shape, 1);
      CommonShapeRules.channels(op.title(), in, shape.dim(0));
    }
  }
}
