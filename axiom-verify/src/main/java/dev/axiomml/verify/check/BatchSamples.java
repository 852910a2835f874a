package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SampleAxis;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Whether a batch is nothing but its rows: a reading of the graph with the batch as a symbol, in
 * which a value is how the rows lie along the axis that counts them, {@link #SAME} for what no row
 * and no number of rows changes, or {@link #MET} once rows may have met.
 *
 * <p>What an operator does to rows is what it states; that its output counts them along the stated
 * axis and no other is looked at here.
 */
final class BatchSamples implements GraphReading<SampleAxis> {
  private static final SampleAxis SAME = new SampleAxis(SampleAxes.NONE, Dim.ONE);
  private static final SampleAxis MET = new SampleAxis(-2, Dim.ZERO);
  private final String batch;
  private Optional<String> where = Optional.empty();

  private BatchSamples(String batch) {
    this.batch = batch;
  }

  /**
   * Why a claim about one row would not be one about each; empty where it is, or where every input
   * is exactly one row.
   */
  static Optional<String> fault(Graph graph) {
    Set<String> batches = new TreeSet<>();
    graph.inputs().forEach(input -> batches.addAll(symbols(rows(input))));
    Optional<String> several = several(graph);
    if (several.isPresent() || batches.isEmpty()) {
      return several;
    }
    String batch = batches.iterator().next();
    Graph alike = graph.bind(s -> Dim.symbol(batches.contains(s) ? batch : s)).graph();
    return new BatchSamples(batch).read(alike);
  }

  /** The input that is never one row. */
  static Optional<String> several(Graph graph) {
    return graph.inputs().stream()
        .filter(input -> rows(input).isFixed() && !rows(input).equals(Dim.ONE))
        .map(v -> "input " + v.name() + " is " + v.type().shape() + ", always " + rows(v) + " rows")
        .findFirst();
  }

  /** A scalar is the same for all rows. */
  private static Dim rows(Value input) {
    Shape shape = input.type().shape();
    return shape.rank() == 0 ? Dim.ONE : shape.dim(0);
  }

  private Optional<String> read(Graph graph) {
    List<SampleAxis> in = graph.inputs().stream().map(this::row).toList();
    List<SampleAxis> out = graph.read(in, this);
    boolean rows =
        IntStream.range(0, out.size())
            .allMatch(
                i ->
                    (out.get(i).equals(row(graph.outputs().get(i))) && out.get(i).axis() == 0)
                        || (i > 0 && out.get(i).equals(SAME)));
    return rows ? Optional.empty() : Optional.of("rows of the batch may meet" + where.orElse(""));
  }

  /** An input or output that has one entry along axis 0 for each row, or is the same for all. */
  private SampleAxis row(Value value) {
    Shape shape = value.type().shape();
    boolean plain = shape.rank() > 0 && shape.dim(0).equals(Dim.symbol(batch));
    return !counts(shape) ? SAME : plain && countsOnly(shape, 0) ? new SampleAxis(0, Dim.ONE) : MET;
  }

  private boolean countsOnly(Shape shape, int axis) {
    return counts(shape.dim(axis)) && !counts(shape.with(axis, Dim.ONE));
  }

  private boolean counts(Shape shape) {
    return shape.dims().stream().anyMatch(this::counts);
  }

  private boolean counts(Dim size) {
    return symbols(size).contains(batch);
  }

  @Override
  public SampleAxis constant(Value at, Tensor tensor) {
    return SAME;
  }

  @Override
  public List<SampleAxis> node(Node at, List<SampleAxis> in) {
    boolean tensors = at.out().stream().allMatch(value -> value.type().isTensor());
    SampleAxis out = tensors && !in.contains(MET) ? after(at, in) : MET;
    if (out.equals(MET) && where.isEmpty()) {
      where = Optional.of(" in " + at.name() + " (" + at.op().title() + ")");
    }
    return at.out().stream().map(value -> out).toList();
  }

  private SampleAxis after(Node at, List<SampleAxis> in) {
    List<Shape> out = at.out().stream().map(value -> value.type().shape()).toList();
    boolean still = in.stream().allMatch(SAME::equals);
    if (still && !isSized(at) && out.stream().noneMatch(this::counts)) {
      return SAME;
    }
    SampleAxis stated =
        at.op() instanceof Reshape reshape && !still
            ? reshape.moved(at.inTypes().get(0).shape(), in.get(0), Dim.symbol(batch)).orElse(MET)
            : stated(at, in, out);
    boolean fits =
        stated.axis() >= 0 && out.stream().allMatch(shape -> countsOnly(shape, stated.axis()));
    return fits ? stated : MET;
  }

  /** What an operator states for every number of entries, here as many as its operands count. */
  private SampleAxis stated(Node at, List<SampleAxis> in, List<Shape> out) {
    Set<Dim> entries = new HashSet<>();
    Set<Dim> inner = new HashSet<>();
    for (int k = 0; k < in.size(); k++) {
      if (!in.get(k).equals(SAME)) {
        entries.add(at.inTypes().get(k).shape().dim(in.get(k).axis()));
        inner.add(in.get(k).inner());
      }
    }
    if (entries.size() > 1 || inner.size() > 1) {
      return MET;
    }
    Dim size = entries.isEmpty() ? Dim.symbol(batch) : entries.iterator().next();
    List<Integer> axes = in.stream().map(SampleAxis::axis).toList();
    OptionalInt axis = at.op().rows(at.inTypes(), new SampleAxes(size, axes));
    boolean kept =
        axis.isPresent() && out.stream().allMatch(s -> s.dim(axis.getAsInt()).equals(size));
    Dim each = inner.isEmpty() ? Dim.ONE : inner.iterator().next();
    return kept ? new SampleAxis(axis.getAsInt(), each) : MET;
  }

  /** Whether settings change with the number of rows. */
  private boolean isSized(Node at) {
    Set<String> settings = new TreeSet<>();
    at.op()
        .bind(
            symbol -> {
              settings.add(symbol);
              return Dim.symbol(symbol);
            });
    return settings.contains(batch);
  }

  /** The symbols of a size. */
  private static Set<String> symbols(Dim size) {
    Set<String> met = new TreeSet<>();
    size.bind(
        symbol -> {
          met.add(symbol);
          return Dim.symbol(symbol);
        });
    return met;
  }
}
