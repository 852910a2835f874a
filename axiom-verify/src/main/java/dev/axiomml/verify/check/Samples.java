package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a batch is nothing but its rows: a reading of the graph with the batch as a symbol, in
 * which a value is the axis that counts the rows, {@link #SAME} for what no row and no number of
 * rows changes, or {@link #MET} once rows may have met.
 *
 * <p>What an operator does to rows is what it states; that it states it of the axis that its output
 * has as many entries along as there are rows is looked at here.
 */
final class Samples implements Meaning<Integer> {
  private static final int SAME = SampleAxes.NONE;
  private static final int MET = -2;
  private final String batch;
  private Optional<String> where = Optional.empty();

  private Samples(String batch) {
    this.batch = batch;
  }

  /**
   * Why a claim about one row would not be one about each; empty where it is, or where every input
   * is exactly one row.
   */
  static Optional<String> fault(Graph graph) {
    Set<String> symbols = new TreeSet<>();
    for (Value input : graph.inputs()) {
      Shape shape = input.type().shape();
      Dim rows = shape.rank() == 0 ? Dim.ZERO : shape.dim(0);
      if (rows.isFixed() && !rows.equals(Dim.ONE)) {
        return Optional.of("input " + input.name() + " is " + shape + ", always " + rows + " rows");
      }
      symbols.addAll(symbols(rows));
    }
    if (symbols.isEmpty()) {
      return Optional.empty();
    }
    String batch = symbols.iterator().next();
    Dim size = Dim.symbol(batch);
    Graph alike = graph.bind(s -> symbols.contains(s) ? size : Dim.symbol(s));
    return new Samples(batch).read(alike);
  }

  private Optional<String> read(Graph graph) {
    List<Integer> in = graph.inputs().stream().map(v -> place(v.type().shape())).toList();
    List<Integer> out = graph.read(in, this);
    boolean rows =
        IntStream.range(0, out.size())
            .allMatch(i -> out.get(i) == 0 || (i > 0 && out.get(i) == SAME));
    return rows ? Optional.empty() : Optional.of("rows of the batch may meet" + where.orElse(""));
  }

  /** The axis with one entry a row, where no other size speaks of the rows. */
  private int place(Shape shape) {
    int[] counting =
        IntStream.range(0, shape.rank()).filter(axis -> counts(shape.dim(axis))).toArray();
    if (counting.length == 0) {
      return SAME;
    }
    boolean one = counting.length == 1 && shape.dim(counting[0]).equals(Dim.symbol(batch));
    return one ? counting[0] : MET;
  }

  private boolean counts(Dim size) {
    return symbols(size).contains(batch);
  }

  @Override
  public Integer constant(Value at, Tensor tensor) {
    return SAME;
  }

  @Override
  public List<Integer> node(Node at, List<Integer> in) {
    int out = in.contains(MET) ? MET : after(at, in);
    if (out == MET && where.isEmpty()) {
      where = Optional.of(" in " + at.name() + " (" + at.op().title() + ")");
    }
    return at.out().stream().map(value -> out).toList();
  }

  private int after(Node at, List<Integer> in) {
    if (at.out().stream().anyMatch(value -> !value.type().isTensor())) {
      return MET;
    }
    Set<Integer> seen =
        at.out().stream().map(v -> place(v.type().shape())).collect(Collectors.toSet());
    if (seen.equals(Set.of(SAME)) && in.stream().allMatch(x -> x == SAME) && !isSized(at)) {
      return SAME;
    }
    OptionalInt stated = at.op().rows(at.inTypes(), new SampleAxes(Dim.symbol(batch), in));
    return stated.isPresent() && seen.equals(Set.of(stated.getAsInt())) ? stated.getAsInt() : MET;
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
