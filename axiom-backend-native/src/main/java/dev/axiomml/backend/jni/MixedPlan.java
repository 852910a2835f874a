package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.RoundingDeparture;
import dev.axiomml.core.run.SizedInterpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Native stretches and nodes that run in Java, one after another, as the caller allowed. */
final class MixedPlan implements Plan {
  private final Graph graph;
  private final List<GraphPartition.Step> steps;
  private final Map<GraphPartition.Step, NativePlan> plans = new LinkedHashMap<>();

  private MixedPlan(Graph graph, List<GraphPartition.Step> steps) {
    this.graph = graph;
    this.steps = steps;
  }

  static MixedPlan of(Graph graph, Set<Node> inJava, Compilation options, ModelMemory memory) {
    MixedPlan plan = new MixedPlan(graph, GraphPartition.of(graph, inJava));
    for (GraphPartition.Step step : plan.steps) {
      if (step instanceof GraphPartition.Stretch stretch) {
        plan.plans.put(step, NativePlan.of(stretch.part(), options, memory));
      }
    }
    return plan;
  }

  @Override
  public Optional<Plan> withTensors(UnaryOperator<Tensor> change) {
    MixedPlan other = new MixedPlan(graph.withTensors(change), steps);
    plans.forEach((step, plan) -> other.plans.put(step, plan.replaced(change)));
    return Optional.of(other);
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Map<Value, RuntimeValue> values = new HashMap<>(graph.constants());
    for (int i = 0; i < in.size(); i++) {
      values.put(graph.inputs().get(i), in.get(i));
    }
    SizedInterpreter java = new SizedInterpreter();
    steps.forEach(step -> run(step, values, java));
    return all(graph.outputs(), values);
  }

  private void run(
      GraphPartition.Step step, Map<Value, RuntimeValue> values, SizedInterpreter java) {
    if (step instanceof GraphPartition.Stretch stretch) {
      NativePlan plan = Objects.requireNonNull(plans.get(step));
      Graph part = stretch.part();
      put(part.outputs(), plan.run(all(part.inputs(), values)), values);
    } else if (step instanceof GraphPartition.Single single) {
      Node node = single.node();
      put(node.out(), java.node(node, all(node.in(), values)), values);
    }
  }

  private static List<RuntimeValue> all(List<Value> wanted, Map<Value, RuntimeValue> values) {
    return wanted.stream().map(v -> Objects.requireNonNull(values.get(v), v.name())).toList();
  }

  private static void put(
      List<Value> made, List<RuntimeValue> data, Map<Value, RuntimeValue> values) {
    for (int i = 0; i < made.size(); i++) {
      values.put(made.get(i), data.get(i));
    }
  }

  @Override
  public List<Type> inputs() {
    return graph.inputs().stream().map(Value::type).toList();
  }

  @Override
  public List<RoundingDeparture> departures() {
    return plans.values().stream().flatMap(plan -> plan.departures().stream()).toList();
  }

  @Override
  public String report() {
    List<String> lines = new ArrayList<>();
    long single = steps.stream().filter(GraphPartition.Single.class::isInstance).count();
    lines.add(plans.size() + " native stretches, " + single + " nodes in Java");
    for (GraphPartition.Step step : steps) {
      lines.add(
          step instanceof GraphPartition.Single s
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
