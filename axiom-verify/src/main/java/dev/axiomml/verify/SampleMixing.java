package dev.axiomml.verify;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SampleAxis;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The reading that follows the samples of a batch of any size through a graph, by what each
 * operator states of itself. A claim about single samples makes sense only where they arrive as the
 * rows of the outputs.
 */
final class SampleMixing implements GraphReading<SampleMixing.Place> {
  /** Where a value holds the samples. */
  sealed interface Place {
    /** Along an axis, equally many entries for each. */
    record Along(SampleAxis lie, Dim entries) implements Place {}

    /** Nowhere: it is the same whatever the samples are and however many. */
    record Same() implements Place {}

    /** A node, or an input, after which nothing is known. */
    record Lost(String why) implements Place {}
  }

  private static final Place SAME = new Place.Same();
  private final SampleAxes batch;
  private final Place rows;

  private SampleMixing(Dim batch) {
    this.batch = new SampleAxes(batch, List.of());
    this.rows = new Place.Along(new SampleAxis(0, Dim.ONE), batch);
  }

  /**
   * Why not every row of the first output is one function of a row of the inputs, whatever the
   * number of rows; empty where it is.
   *
   * @param graph with one symbol for the first size of all inputs that have a batch
   */
  static Optional<String> of(Graph graph, Dim batch) {
    SampleMixing reading = new SampleMixing(batch);
    List<Place> out = graph.read(graph.inputs().stream().map(reading::input).toList(), reading);
    return IntStream.range(0, out.size())
        .mapToObj(i -> reading.fault(graph.outputs().get(i), i, out.get(i)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Claims speak of the first output; another one may be the same for all samples. */
  private Optional<String> fault(Value output, int index, Place place) {
    if (place instanceof Place.Lost lost) {
      return Optional.of(lost.why());
    }
    return place.equals(rows) || (index > 0 && place.equals(SAME))
        ? Optional.empty()
        : Optional.of("output " + output.name() + " does not hold a row for each row of the input");
  }

  private Place input(Value input) {
    Type type = input.type();
    if (!batch.counts(type.shape())) {
      return SAME;
    }
    return type.shape().dim(0).equals(batch.batch()) && holds(type, 0)
        ? rows
        : new Place.Lost(
            "input "
                + input.name()
                + " is "
                + type.shape()
                + ": not a row for each of any number of samples");
  }

  @Override
  public Place constant(Value at, Tensor tensor) {
    return SAME;
  }

  @Override
  public List<Place> node(Node at, List<Place> in) {
    Optional<Place> lost = in.stream().filter(Place.Lost.class::isInstance).findFirst();
    Place out = lost.orElseGet(() -> out(at, in));
    return Collections.nCopies(at.out().size(), out);
  }

  private Place out(Node at, List<Place> in) {
    if (in.stream().allMatch(SAME::equals) && !speaksOfBatch(at)) {
      return SAME;
    }
    Optional<SampleAxis> lie =
        at.op() instanceof Reshape reshape && in.get(0) instanceof Place.Along along
            ? reshape.moved(at.inTypes().get(0).shape(), along.lie(), batch.batch())
            : stated(at, in);
    return lie.filter(l -> at.out().stream().allMatch(value -> holds(value.type(), l.axis())))
        .<Place>map(l -> new Place.Along(l, at.out().get(0).type().shape().dim(l.axis())))
        .orElseGet(() -> new Place.Lost(unstated(at)));
  }

  /** What a node states of every number of entries, where all operands lie alike. */
  private Optional<SampleAxis> stated(Node at, List<Place> in) {
    List<Place.Along> all =
        in.stream().filter(Place.Along.class::isInstance).map(Place.Along.class::cast).toList();
    boolean alike =
        all.stream().map(place -> List.of(place.entries(), place.lie().inner())).distinct().count()
            < 2;
    Dim entries = all.isEmpty() ? batch.batch() : all.get(0).entries();
    Dim inner = all.isEmpty() ? Dim.ONE : all.get(0).lie().inner();
    SampleAxes samples = new SampleAxes(entries, in.stream().map(SampleMixing::axis).toList());
    return (alike ? at.op().rows(at.inTypes(), samples) : OptionalInt.empty())
        .stream()
            .filter(own -> at.out().stream().allMatch(v -> sized(v.type(), own, entries)))
            .mapToObj(own -> new SampleAxis(own, inner))
            .findFirst();
  }

  private static boolean sized(Type type, int axis, Dim entries) {
    return type.isTensor() && type.shape().dim(axis).equals(entries);
  }

  private static String unstated(Node at) {
    return at.name()
        + " ("
        + at.op().title()
        + ") may mix the rows of a batch: it does not state that each row follows from one row of"
        + " the input alone, whatever their number";
  }

  private static int axis(Place place) {
    return place instanceof Place.Along along ? along.lie().axis() : SampleAxes.NONE;
  }

  /** Whether a node's settings or outputs change with the number of samples. */
  private boolean speaksOfBatch(Node at) {
    boolean[] met = new boolean[1];
    at.op()
        .bind(
            symbol -> {
              met[0] |= batch.counts(Dim.symbol(symbol));
              return Dim.symbol(symbol);
            });
    return met[0]
        || at.out().stream().anyMatch(v -> !v.type().isTensor() || batch.counts(v.type().shape()));
  }

  /** Whether an axis of a tensor, and no other, speaks of the batch. */
  private boolean holds(Type type, int axis) {
    return type.isTensor()
        && batch.counts(type.shape().dim(axis))
        && !batch.counts(type.shape().with(axis, Dim.ONE));
  }
}
