package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A graph of fixed sizes with its nodes made ready once for many boxes; never changes, safe to
 * share.
 */
public final class PreparedGraph {
  /** Elements of all values together from which one domain is enough at once. */
  private static final long MANY = 20_000;

  private final Graph graph;
  private final Map<Node, SumForm> sums;
  private final Map<Node, ProfileCurve> curves;
  private final Map<Node, ValueMixture> mixtures;
  private final Map<Node, Long> workBefore;
  private final Set<Value> read;
  private final Set<Value> mixed;
  private final BooleanSupplier stop;
  private double additions;

  private PreparedGraph(Graph graph, BooleanSupplier stop) {
    this.graph = graph;
    this.sums = new HashMap<>();
    this.curves = new HashMap<>();
    this.mixtures = new HashMap<>();
    this.workBefore = new HashMap<>();
    this.read = new HashSet<>(graph.outputs());
    this.mixed = new HashSet<>();
    this.stop = stop;
  }

  private PreparedGraph(PreparedGraph shared, BooleanSupplier stop) {
    this.graph = shared.graph;
    this.sums = shared.sums;
    this.curves = shared.curves;
    this.mixtures = shared.mixtures;
    this.workBefore = shared.workBefore;
    this.read = shared.read;
    this.mixed = shared.mixed;
    this.additions = shared.additions;
    this.stop = stop;
  }

  /** The forms of a graph whose sizes are all fixed. */
  public static PreparedGraph of(Graph graph) {
    return of(graph, () -> false);
  }

  /** The same. @throws Stopped once the signal says so */
  public static PreparedGraph of(Graph graph, BooleanSupplier stop) {
    PreparedGraph forms = new PreparedGraph(graph, stop);
    StopWatch watch = forms.watch();
    long work = 0;
    for (Node node : graph.nodes()) {
      watch.ask();
      forms.workBefore.put(node, work);
      work += forms.add(node, watch);
    }
    forms.additions = forms.countAdditions();
    return forms;
  }

  /**
   * The same forms, all bounds over which end by {@link StoppedComputation} once the signal says
   * so.
   */
  public PreparedGraph until(BooleanSupplier signal) {
    return new PreparedGraph(this, signal);
  }

  /** Ends by {@link StoppedComputation} once the stop signal says so. */
  public void ask() {
    watch().ask();
  }

  /** For one thread. */
  StopWatch watch() {
    return new StopWatch(stop);
  }

  private double countAdditions() {
    Stream<Value> made = graph.nodes().stream().flatMap(node -> node.out().stream());
    Stream<Value> given =
        Stream.concat(graph.inputs().stream(), graph.constants().keySet().stream());
    long elements = Stream.concat(made, given).mapToLong(PreparedGraph::size).max().orElse(0);
    long products = sums.values().stream().mapToLong(SumForm::additions).max().orElse(0);
    double steps = graph.nodes().size() + graph.inputs().size() + graph.constants().size();
    return Math.max(elements, products) + 4 * steps;
  }

  /** Answers the number of products that one backward row costs. */
  private long add(Node at, StopWatch watch) {
    if (at.op() instanceof SumOp) {
      SumForm form = SumForm.of(at, graph::constant, watch);
      sums.put(at, form);
      IntStream.range(0, at.in().size()).filter(form::reads).forEach(k -> read.add(at.in().get(k)));
      ValueMixture.of(graph, at).ifPresent(mixture -> add(at, mixture));
      return form.work();
    }
    read.addAll(at.in());
    if (at.op() instanceof ScalarOp f) {
      curves.put(at, new ProfileCurve(f));
    }
    return at.out().stream().mapToLong(v -> v.type().shape().count()).sum();
  }

  private void add(Node at, ValueMixture mixture) {
    mixtures.put(at, mixture);
    mixed.addAll(mixture.values());
    read.addAll(mixture.values());
  }

  /** The number of elements of a value; 0 where it is no tensor of fixed sizes. */
  static int size(Value value) {
    boolean fixed = value.type().isTensor() && value.type().shape().isFixed();
    return fixed ? value.type().shape().count() : 0;
  }

  /** Whether some function is made of two straight pieces that meet at zero. */
  public boolean hasHinges() {
    return curves.values().stream().anyMatch(ProfileCurve::isHinge);
  }

  /** How many domains are best bounded side by side: what is kept of each takes room. */
  public int lanes() {
    return elements() <= MANY ? GraphBounds.LANES : 1;
  }

  /** The number of elements of all values that nodes make. */
  long elements() {
    return graph.nodes().stream()
        .flatMap(n -> n.out().stream())
        .mapToLong(PreparedGraph::size)
        .sum();
  }

  /**
   * How many additions a term of a backward bound passes through at most: those of one node, and
   * one for each node.
   */
  double additions() {
    return additions;
  }

  /** How a sum mixes two values, where it does. */
  Optional<ValueMixture> mixture(Node at) {
    return Optional.ofNullable(mixtures.get(at));
  }

  /** Whether the interval of a value tells that of a mixture. */
  boolean isMixed(Value value) {
    return mixed.contains(value);
  }

  /** Whether an interval of a value is asked for: it is more than a known factor of sums. */
  boolean isRead(Value value) {
    return read.contains(value);
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  /** Products that one backward row from a node's operands costs. */
  long workBefore(Node at) {
    return Objects.requireNonNull(workBefore.get(at), at.name());
  }

  SumForm sum(Node at) {
    return Objects.requireNonNull(sums.get(at), at.name());
  }

  ProfileCurve curve(Node at) {
    return Objects.requireNonNull(curves.get(at), at.name());
  }
}
