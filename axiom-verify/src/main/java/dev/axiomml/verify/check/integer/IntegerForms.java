package dev.axiomml.verify.check.integer;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SumOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A graph of fixed sizes with its sums of products in whole numbers, for many boxes. */
public final class IntegerForms {
  /** Weights are float32 numbers of 24 bits: fewer lose more than an execution may. */
  private static final int LEAST_BITS = 22;

  private final Graph graph;
  private final Map<Node, IntegerSumForm> sums;
  private final Map<Node, CheckedMixture> mixtures;
  private final Map<Value, IntegerRange> constants;
  private final int bits;
  private final WorkMeter meter;

  private IntegerForms(IntegerForms shared, WorkMeter meter) {
    this.graph = shared.graph;
    this.sums = shared.sums;
    this.mixtures = shared.mixtures;
    this.constants = shared.constants;
    this.bits = shared.bits;
    this.meter = meter;
  }

  private IntegerForms(IntegerForms wide, int bits) {
    this.graph = wide.graph;
    this.sums = new HashMap<>();
    this.mixtures = wide.mixtures;
    this.constants = new HashMap<>();
    this.bits = bits;
    this.meter = wide.meter;
    wide.sums.forEach((node, form) -> sums.put(node, form.in(bits)));
  }

  /** Without a limit. @throws ArithmeticException where a weight cannot be held */
  public IntegerForms(Graph graph) {
    this(graph, WorkMeter.endless());
  }

  /**
   * @throws ArithmeticException where a weight cannot be held
   */
  public IntegerForms(Graph graph, WorkMeter meter) {
    this.graph = graph;
    this.sums = new HashMap<>();
    this.mixtures = new HashMap<>();
    this.constants = new HashMap<>();
    this.bits = ScaledIntegers.BITS;
    this.meter = meter;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof SumOp) {
        sums.put(node, new IntegerSumForm(node, graph::constant, meter));
        CheckedMixture.of(graph, node).ifPresent(mixture -> mixtures.put(node, mixture));
      }
    }
  }

  /** The same, paid for from another meter. */
  public IntegerForms paidFrom(WorkMeter other) {
    return new IntegerForms(this, other);
  }

  /**
   * The same in numbers so short that 64 bits hold every sum; empty where sums are too long for
   * numbers that are of any use.
   */
  public Optional<IntegerForms> inShort() {
    int most = sums.values().stream().mapToInt(IntegerSumForm::mostTerms).max().orElse(1);
    int fit = WideSums.bitsFor(most);
    return fit < LEAST_BITS ? Optional.empty() : Optional.of(new IntegerForms(this, fit));
  }

  /** The bits of every weight and of every end of a range. */
  public int bits() {
    return bits;
  }

  /** The range of a constant, made once. */
  IntegerRange constant(Value value, Supplier<IntegerRange> range) {
    return constants.computeIfAbsent(value, v -> range.get());
  }

  public WorkMeter meter() {
    return meter;
  }

  public Graph graph() {
    return graph;
  }

  /** Whether the range of a value is asked for: it is more than a known factor of sums. */
  boolean isRead(Value value) {
    return graph.outputs().contains(value)
        || graph.readers(value).stream().anyMatch(node -> reads(node, value));
  }

  private boolean reads(Node node, Value value) {
    return mixtures.values().stream().anyMatch(m -> m.reads(value))
        || !(node.op() instanceof SumOp)
        || IntStream.range(0, node.in().size())
            .anyMatch(k -> node.in().get(k).equals(value) && sum(node).reads(k));
  }

  /** How a sum mixes two values, where it does. */
  Optional<CheckedMixture> mixture(Node node) {
    return Optional.ofNullable(mixtures.get(node));
  }

  IntegerSumForm sum(Node node) {
    return Objects.requireNonNull(sums.get(node), node.name());
  }
}
