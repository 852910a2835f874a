package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gradients at several points at once, to descend by, from the values there. */
final class PointSlopes implements ReverseReading<LinearPanel> {
  private static final double[] NONE = {};

  private final PreparedGraph forms;
  private final Map<Value, LinearPanel> values;
  private final StopWatch watch;
  private final LinearEngine engine;

  PointSlopes(PreparedGraph forms, Map<Value, LinearPanel> values) {
    this.forms = forms;
    this.values = values;
    this.watch = forms.watch();
    this.engine = LinearEngine.metered(watch::spend);
  }

  private LinearPanel at(Value value) {
    return Objects.requireNonNull(values.get(value), value.name());
  }

  @Override
  public LinearPanel sum(LinearPanel first, LinearPanel second) {
    for (int i = 0; i < second.size(); i++) {
      double[] more = second.reached(i).orElse(NONE);
      double[] sum = more.length > 0 ? first.row(i) : NONE;
      for (int k = 0; k < more.length; k++) {
        sum[k] += more[k];
      }
    }
    return first;
  }

  @Override
  public List<Optional<LinearPanel>> node(Node at, List<Optional<LinearPanel>> out) {
    watch.ask();
    if (at.op() instanceof SumOp) {
      return sum(at, out.get(0).orElseThrow());
    }
    if (at.op() instanceof ScalarOp) {
      return List.of(Optional.of(scalar(at, out.get(0).orElseThrow())));
    }
    return each(at, out);
  }

  private List<Optional<LinearPanel>> sum(Node at, LinearPanel out) {
    SumForm form = forms.sum(at);
    List<Optional<LinearPanel>> back =
        IntStream.range(0, at.in().size())
            .mapToObj(k -> Optional.of(k).filter(form::reads).map(i -> fresh(at.in().get(i), out)))
            .toList();
    for (SumForm.WeightedTerm term : form.weighted()) {
      LinearPanel in = back.get(term.operand()).orElseThrow();
      engine.panel(term.transposed(), in, out, term.weights());
    }
    for (SumTerm term : form.products()) {
      LinearPanel first = back.get(term.operand()).orElseThrow();
      LinearPanel second = back.get(term.factor()).orElseThrow();
      LinearPanel a = at(at.in().get(term.operand()));
      LinearPanel b = at(at.in().get(term.factor()));
      SumForm.OpenProduct spread =
          (o, i, j) ->
              out.reached(o)
                  .ifPresent(
                      row -> {
                        PointReading.multiply(first.row(i), row, b.row(j));
                        PointReading.multiply(second.row(j), row, a.row(i));
                      });
      SumForm.each(term, spread, watch);
    }
    return back;
  }

  private static LinearPanel fresh(Value value, LinearPanel like) {
    return new LinearPanel(PreparedGraph.size(value), like.width());
  }

  private LinearPanel scalar(Node at, LinearPanel out) {
    ProfileCurve curve = forms.curve(at);
    LinearPanel x = at(at.in().get(0));
    for (int i = 0; i < out.size(); i++) {
      double[] slopes = out.reached(i).orElse(NONE);
      double[] place = x.row(i);
      for (int k = 0; k < slopes.length; k++) {
        slopes[k] *= slopes[k] == 0 ? 0 : curve.descent(place[k]);
      }
    }
    return out;
  }

  /** Any other operator, point by point. */
  private List<Optional<LinearPanel>> each(Node at, List<Optional<LinearPanel>> out) {
    LinearPanel some = out.stream().flatMap(Optional::stream).findFirst().orElseThrow();
    List<Optional<LinearPanel>> back =
        at.in().stream().map(v -> Optional.of(fresh(v, some))).toList();
    for (int column = 0; column < some.width(); column++) {
      int k = column;
      List<Optional<double[]>> seeds =
          out.stream().map(panel -> panel.map(p -> p.column(k))).toList();
      List<Optional<double[]>> found = new GradientReading(tensors(at, k)).node(at, seeds);
      for (int i = 0; i < found.size(); i++) {
        LinearPanel in = back.get(i).orElseThrow();
        found.get(i).ifPresent(slopes -> in.add(k, slopes));
      }
    }
    return back;
  }

  private Map<Value, RuntimeValue> tensors(Node at, int column) {
    List<Value> all = Stream.concat(at.in().stream(), at.out().stream()).toList();
    List<RuntimeValue> tensors =
        PointReading.tensors(all, all.stream().map(this::at).toList(), column);
    Map<Value, RuntimeValue> map = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      map.put(all.get(i), tensors.get(i));
    }
    return map;
  }
}
