package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Runs a graph at up to 64 points at once, in double precision: a column of every panel is what one
 * point makes of the value. Close to an execution, not equal to one.
 */
public final class PointReading implements GraphReading<LinearPanel> {
  /** Numbers of all values together that are held at once, at most. */
  private static final long ROOM = 1 << 23;

  private final PreparedGraph forms;
  private final StopWatch watch;
  private final LinearEngine engine;
  private final int points;

  private PointReading(PreparedGraph forms, int points) {
    this.forms = forms;
    this.watch = forms.watch();
    this.engine = LinearEngine.metered(watch::spend);
    this.points = points;
  }

  /** How many points are best run at once. */
  public static int width(PreparedGraph forms) {
    long most = Math.max(1, ROOM / Math.max(1, forms.elements()));
    return (int) Math.min(LinearEngine.WIDTH, most);
  }

  /**
   * All values at some points.
   *
   * @param inputs a panel for each input, all of one width
   */
  public static Map<Value, LinearPanel> at(PreparedGraph forms, List<LinearPanel> inputs) {
    PointReading reading = new PointReading(forms, inputs.get(0).width());
    return forms.graph().readAll(inputs, reading);
  }

  /** How numbers change with each input: seed any values with their weights in each number. */
  public static List<LinearPanel> slopes(
      PreparedGraph forms, Map<Value, LinearPanel> values, Map<Value, LinearPanel> seeds) {
    Graph graph = forms.graph();
    Map<Value, LinearPanel> back = graph.reverse(seeds, new PointSlopes(forms, values));
    int width = seeds.values().iterator().next().width();
    return graph.inputs().stream()
        .map(in -> back.getOrDefault(in, new LinearPanel(PreparedGraph.size(in), width)))
        .toList();
  }

  @Override
  public LinearPanel constant(Value at, Tensor tensor) {
    LinearPanel panel = new LinearPanel(forms.isRead(at) ? tensor.size() : 0, points);
    for (int i = 0; i < panel.size(); i++) {
      Arrays.fill(panel.row(i), tensor.doubleAt(i));
    }
    return panel;
  }

  @Override
  public List<LinearPanel> node(Node at, List<LinearPanel> in) {
    watch.ask();
    if (at.op() instanceof SumOp) {
      return List.of(sum(at, in));
    }
    return at.op() instanceof ScalarOp ? List.of(scalar(at, in.get(0))) : each(at, in);
  }

  private LinearPanel sum(Node at, List<LinearPanel> in) {
    SumForm form = forms.sum(at);
    LinearPanel out = new LinearPanel(form.offset().length, points);
    for (int o = 0; o < out.size(); o++) {
      Arrays.fill(out.row(o), form.offset()[o]);
    }
    for (SumForm.WeightedTerm term : form.weighted()) {
      engine.panel(term.nests(), out, in.get(term.operand()), term.weights());
    }
    for (SumTerm term : form.products()) {
      LinearPanel a = in.get(term.operand());
      LinearPanel b = in.get(term.factor());
      SumForm.each(term, (o, i, j) -> multiply(out.row(o), a.row(i), b.row(j)), watch);
    }
    return out;
  }

  static void multiply(double[] sum, double[] a, double[] b) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += a[k] * b[k];
    }
  }

  private LinearPanel scalar(Node at, LinearPanel x) {
    ProfileCurve curve = forms.curve(at);
    LinearPanel y = new LinearPanel(x.size(), points);
    for (int i = 0; i < x.size(); i++) {
      double[] from = x.row(i);
      double[] to = y.row(i);
      for (int k = 0; k < to.length; k++) {
        to[k] = curve.f().value(from[k]);
      }
    }
    return y;
  }

  /** Any other operator, point by point. */
  private List<LinearPanel> each(Node at, List<LinearPanel> in) {
    List<LinearPanel> out =
        at.out().stream().map(v -> new LinearPanel(PreparedGraph.size(v), points)).toList();
    Interpreter interpreter = new Interpreter();
    for (int k = 0; k < points; k++) {
      List<RuntimeValue> results = interpreter.node(at, tensors(at.in(), in, k));
      for (int r = 0; r < out.size(); r++) {
        fill(out.get(r), k, results.get(r).tensor());
      }
    }
    return out;
  }

  private static void fill(LinearPanel panel, int column, Tensor tensor) {
    for (int i = 0; i < panel.size(); i++) {
      panel.row(i)[column] = tensor.doubleAt(i);
    }
  }

  /** One point's tensors. */
  static List<RuntimeValue> tensors(List<Value> values, List<LinearPanel> panels, int column) {
    return new ArrayList<>(
        IntStream.range(0, values.size())
            .mapToObj(k -> tensor(values.get(k), panels.get(k), column))
            .toList());
  }

  private static Tensor tensor(Value value, LinearPanel panel, int column) {
    return Tensor.ofDoubles(value.type().shape(), value.type().dtype(), panel.column(column));
  }
}
