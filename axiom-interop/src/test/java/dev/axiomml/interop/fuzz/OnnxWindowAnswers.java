package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The standard's answers for windows along sizes that follow from each other, one by one. */
final class OnnxWindowAnswers {
  private final OnnxNodeCase node;
  private final boolean transposed;
  private final int[] in;
  private final int[] kernel;
  private final int[] out;
  private final int[] before;
  private final long[] strides;
  private final long[] dilations;

  private OnnxWindowAnswers(OnnxNodeCase node) {
    this.node = node;
    this.transposed = node.op().equals("ConvTranspose");
    this.in = spatial(node.operand(0).orElseThrow());
    this.kernel = transposed ? spatial(node.operand(1).orElseThrow()) : ints(node);
    this.strides = node.list("strides", in.length);
    this.dilations = node.list("dilations", in.length);
    this.out = IntStream.range(0, in.length).map(this::size).toArray();
    this.before = IntStream.range(0, in.length).map(this::border).toArray();
  }

  /** The outputs of a pool or a transposed convolution with automatic padding. */
  static List<Tensor> of(OnnxNodeCase node) {
    OnnxWindowAnswers answers = new OnnxWindowAnswers(node);
    return answers.transposed ? List.of(answers.scattered()) : answers.pooled();
  }

  private static int[] spatial(Tensor x) {
    return Arrays.copyOfRange(x.shape().sizes(), 2, x.shape().rank());
  }

  private static int[] ints(OnnxNodeCase node) {
    return Arrays.stream(node.list("kernel_shape", 0)).mapToInt(Math::toIntExact).toArray();
  }

  private int extent(int axis) {
    return (int) ((kernel[axis] - 1) * dilations[axis] + 1);
  }

  private int size(int axis) {
    int stride = (int) strides[axis];
    if (transposed) {
      long[] stated = node.list("output_shape", 0);
      return stated.length > 0 ? (int) stated[axis] : in[axis] * stride;
    }
    boolean valid = node.has("auto_pad", "VALID");
    int some = Math.floorDiv(in[axis] - extent(axis), stride) + 1;
    return valid ? Math.max(0, some) : (in[axis] + stride - 1) / stride;
  }

  /** How far the first window begins before the first element; no less than 0 for pools. */
  private int border(int axis) {
    int stride = (int) strides[axis];
    int over = transposed ? in[axis] : out[axis];
    int all = (over - 1) * stride + extent(axis) - (transposed ? out[axis] : in[axis]);
    int more = transposed && node.stated("output_padding") ? more(axis) : 0;
    int total = transposed ? all + more : Math.max(0, all);
    boolean none = node.has("auto_pad", "VALID");
    int half = Math.floorDiv(total, 2);
    return none ? 0 : node.has("auto_pad", "SAME_UPPER") ? half : total - half;
  }

  private int more(int axis) {
    return (int) node.list("output_padding", 0)[axis];
  }

  /** Where a tap of a window lies on the padded side; empty outside. */
  private Optional<int[]> tap(int[] window, int[] k, int[] sizes) {
    int[] place = new int[window.length];
    for (int axis = 0; axis < window.length; axis++) {
      place[axis] = (int) (window[axis] * strides[axis] + k[axis] * dilations[axis]) - before[axis];
      if (place[axis] < 0 || place[axis] >= sizes[axis]) {
        return Optional.empty();
      }
    }
    return Optional.of(place);
  }

  private static int[] place(int flat, int[] sizes) {
    int[] place = new int[sizes.length];
    int rest = flat;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return place;
  }

  private static int flat(int[] place, int[] sizes) {
    int flat = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      flat = flat * sizes[axis] + place[axis];
    }
    return flat;
  }

  private static int volume(int[] sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  private static Shape shape(long n, long c, int[] sizes) {
    return Shape.of(n, c).concat(Shape.of(sizes));
  }

  private List<Tensor> pooled() {
    Tensor x = node.operand(0).orElseThrow();
    Shape shape = shape(x.shape().size(0), x.shape().size(1), out);
    double[] y = new double[shape.count()];
    long[] which = new long[y.length];
    for (int i = 0; i < y.length; i++) {
      int start = i / volume(out) * volume(in);
      int[] members = members(place(i % volume(out), out), start);
      y[i] = pooled(x, members);
      which[i] =
          Arrays.stream(members).filter(m -> x.doubleAt(m) == max(x, members)).min().orElse(0);
    }
    Tensor first = Tensor.ofDoubles(shape, DType.FLOAT32, y);
    return node.results() > 1 ? List.of(first, Tensor.ofLongs(shape, which)) : List.of(first);
  }

  private int[] members(int[] window, int start) {
    List<Integer> members = new ArrayList<>();
    for (int k = 0; k < volume(kernel); k++) {
      tap(window, place(k, kernel), in).ifPresent(p -> members.add(start + flat(p, in)));
    }
    return members.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double max(Tensor x, int[] members) {
    return Arrays.stream(members).mapToDouble(x::doubleAt).max().orElse(Double.NEGATIVE_INFINITY);
  }

  private double pooled(Tensor x, int[] members) {
    if (node.op().equals("MaxPool")) {
      return max(x, members);
    }
    if (node.op().equals("LpPool")) {
      long p = node.stated("p") ? node.whole("p") : 2;
      double sum =
          Arrays.stream(members).mapToDouble(m -> Math.pow(Math.abs(x.doubleAt(m)), p)).sum();
      return Math.pow(sum, 1.0 / p);
    }
    int count = node.has("count_include_pad", 1L) ? volume(kernel) : members.length;
    return Arrays.stream(members).mapToDouble(x::doubleAt).sum() / count;
  }

  private Tensor scattered() {
    Tensor x = node.operand(0).orElseThrow();
    Tensor w = node.operand(1).orElseThrow();
    int group = node.stated("group") ? (int) node.whole("group") : 1;
    int each = w.shape().size(1);
    int channels = x.shape().size(1);
    Shape shape = shape(x.shape().size(0), (long) group * each, out);
    double[] y = new double[shape.count()];
    node.operand(2).ifPresent(b -> Arrays.setAll(y, i -> b.doubleAt(i / volume(out) % b.size())));
    for (int i = 0; i < x.size() * each * volume(kernel); i++) {
      int k = i % volume(kernel);
      int m = i / volume(kernel) % each;
      int from = i / volume(kernel) / each;
      int c = from / volume(in) % channels;
      int n = from / volume(in) / channels;
      int to = n * group * each + c / (channels / group) * each + m;
      double part = x.doubleAt(from) * w.doubleAt((c * each + m) * volume(kernel) + k);
      tap(place(from % volume(in), in), place(k, kernel), out)
          .ifPresent(p -> y[to * volume(out) + flat(p, out)] += part);
    }
    return Tensor.ofDoubles(shape, DType.FLOAT32, y);
  }
}
