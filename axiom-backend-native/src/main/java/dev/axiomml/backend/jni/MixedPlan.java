package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.Sized;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Native stretches and nodes that run in Java, one after another, as the caller allowed. */
final class MixedPlan implements Plan {
  private final Graph graph;
  private final List<Partition.Step> steps;
  private final Map<Partition.Step, NativePlan> plans = new LinkedHashMap<>();

  private MixedPlan(Graph graph, List<Partition.Step> steps) {
    this.graph = graph;
    this.steps = steps;
  }

  static MixedPlan of(Graph graph, Set<Node> inJava, Compilation options) {
    MixedPlan plan = new MixedPlan(graph, Partition.of(graph, inJava));
    for (Partition.Step step : plan.steps) {
      if (step instanceof Partition.Stretch stretch) {
        plan.plans.put(step, NativePlan.of(stretch.part(), options));
      }
    }
    return plan;
  }

  @Override
  public List<Datum> run(List<Datum> in) {
    Map<Value, Datum> values = new HashMap<>(graph.constants());
    for (int i = 0; i < in.size(); i++) {
      values.put(graph.inputs().get(i), in.get(i));
    }
    Sized java = new Sized();
    steps.forEach(step -> run(step, values, java));
    return all(graph.outputs(), values);
  }

  private void run(Partition.Step step, Map<Value, Datum> values, Sized java) {
    if (step instanceof Partition.Stretch stretch) {
      NativePlan plan = Objects.requireNonNull(plans.get(step));
      put(stretch.out(), plan.run(all(stretch.in(), values)), values);
    } else if (step instanceof Partition.Single single) {
      Node node = single.node();
      put(node.out(), java.node(node, all(node.in(), values)), values);
    }
  }

  private static List<Datum> all(List<Value> wanted, Map<Value, Datum> values) {
    return wanted.stream().map(v -> Objects.requireNonNull(values.get(v), v.name())).toList();
  }

  private static void put(List<Value> made, List<Datum> data, Map<Value, Datum> values) {
    for (int i = 0; i < made.size(); i++) {
      values.put(made.get(i), data.get(i));
    }
  }

  @Override
  public List<Type> inputs() {
    return graph.inputs().stream().map(Value::type).toList();
  }

  @Override
  public String report() {
    List<String> lines = new ArrayList<>();
    long single = steps.stream().filter(Partition.Single.class::isInstance).count();
    lines.add(plans.size() + " native stretches, " + single + " nodes in Java");
    for (Partition.Step step : steps) {
      lines.add(
          step instanceof Partition.Single s
              ? "java: " + s.node().op().title() + " " + s.node().name()
              : Objects.requireNonNull(plans.get(step)).report());
    }
    return String.join(System.lineSeparator(), lines);
  }

  @Override
  public void close() {
    plans.values().forEach(NativePlan::close);
  }
}
