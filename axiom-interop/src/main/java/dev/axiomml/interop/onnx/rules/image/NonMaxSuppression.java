package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The best boxes of each class that do not overlap a better one too much.
 *
 * @param boxes (N, boxes, 4)
 * @param scores (N, classes, boxes)
 * @param most how many are taken of a class
 * @param overlap the largest intersection over union that is kept
 * @param centred whether a box is its centre and its size, else two corners
 */
record NonMaxSuppression(Tensor boxes, Tensor scores, long most, double overlap, boolean centred) {
  private static final int MOST = 2;
  private static final int OVERLAP = 3;
  private static final int LEAST = 4;

  static List<RuntimeValue> run(NodeAttributes settings, List<Optional<RuntimeValue>> in) {
    NonMaxSuppression suppression =
        new NonMaxSuppression(
            in.get(0).orElseThrow().tensor(),
            in.get(1).orElseThrow().tensor(),
            (long) number(in, MOST).orElse(0.0).doubleValue(),
            number(in, OVERLAP).orElse(0.0),
            settings.flag("center_point_box", false));
    return List.of(suppression.all(number(in, LEAST)));
  }

  private static Optional<Double> number(List<Optional<RuntimeValue>> in, int i) {
    return i < in.size()
        ? in.get(i).map(RuntimeValue::tensor).filter(t -> t.size() > 0).map(t -> t.doubleAt(0))
        : Optional.empty();
  }

  private Tensor all(Optional<Double> least) {
    List<long[]> taken = new ArrayList<>();
    int kinds = scores.shape().size(1);
    for (int i = 0; i < scores.shape().size(0) * kinds; i++) {
      int sample = i / kinds;
      int kind = i % kinds;
      best(sample, kind, least.orElse(Double.NEGATIVE_INFINITY))
          .forEach(box -> taken.add(new long[] {sample, kind, box}));
    }
    long[] flat = taken.stream().flatMapToLong(java.util.Arrays::stream).toArray();
    return Tensor.ofLongs(Shape.of(taken.size(), 3), flat);
  }

  private List<Integer> best(int sample, int kind, double least) {
    int count = scores.shape().size(2);
    int first = (sample * scores.shape().size(1) + kind) * count;
    List<Integer> candidates =
        IntStream.range(0, count)
            .boxed()
            .filter(i -> scores.doubleAt(first + i) > least || least == Double.NEGATIVE_INFINITY)
            .sorted(Comparator.comparingDouble(i -> -scores.doubleAt(first + i)))
            .toList();
    List<Integer> kept = new ArrayList<>();
    for (int candidate : candidates) {
      boolean room = kept.size() < most;
      if (room && kept.stream().noneMatch(k -> overlaps(sample, candidate, k))) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  /** The ends of a box along one of its two axes. */
  private double[] ends(int sample, int box, int axis) {
    int first = (sample * boxes.shape().size(1) + box) * 4;
    double a = boxes.doubleAt(first + axis);
    double b = boxes.doubleAt(first + axis + 2);
    return centred
        ? new double[] {a - b / 2, a + b / 2}
        : new double[] {Math.min(a, b), Math.max(a, b)};
  }

  private boolean overlaps(int sample, int one, int other) {
    double shared = 1;
    double areaOne = 1;
    double areaOther = 1;
    for (int axis = 0; axis < 2; axis++) {
      double[] a = ends(sample, one, axis);
      double[] b = ends(sample, other, axis);
      shared *= Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
      areaOne *= a[1] - a[0];
      areaOther *= b[1] - b[0];
    }
    double union = areaOne + areaOther - shared;
    boolean real = shared > 0 && areaOne > 0 && areaOther > 0 && union > 0;
    return real && shared / union > overlap;
  }
}
