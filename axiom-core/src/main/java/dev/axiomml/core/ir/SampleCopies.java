package dev.axiomml.core.ir;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.SpreadNests;
import dev.axiomml.core.op.SampleStatement;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The check that a graph for some samples is that many copies of the graph for one, so that what is
 * proved of one sample holds of each.
 *
 * <p>A value of the larger graph is the same as in the smaller one, or it holds the samples in
 * blocks (see {@link SpreadNests}). Sums, moves and windows are compared product by product, by
 * their loop nests; functions of one number keep blocks; what is made of parts is compared by them;
 * what has neither is believed what it states ({@link SampleStatement}).
 */
public final class SampleCopies {
  /** Numbers of samples for which proofs look whether a graph is that many copies. */
  public static final List<Integer> SIZES = List.of(2, 3, 8);

  /** What a proof about one row is said of, where the graphs for {@link #SIZES} are copies. */
  public static final String SCOPE = "of a row alone and of each in a batch of 2, 3 or 8";

  private static final int SHARED = SampleBlocks.SHARED;

  private final int samples;
  private final Map<Value, Value> partners = new HashMap<>();
  private final Map<Value, Integer> blocks = new HashMap<>();
  private Optional<String> fault = Optional.empty();

  private SampleCopies(int samples) {
    this.samples = samples;
  }

  /**
   * Why the graphs for {@link #SIZES} are not copies of the one for 1; empty where all are.
   *
   * @param graphs the network for a number of samples
   */
  public static Optional<String> fault(IntFunction<Graph> graphs) {
    Graph one = graphs.apply(1);
    return SIZES.stream()
        .map(samples -> fault(one, graphs, samples))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> fault(Graph one, IntFunction<Graph> graphs, int samples) {
    try {
      return fault(one, graphs.apply(samples), samples);
    } catch (ShapeException e) {
      return Optional.of("it does not run on %d rows: %s".formatted(samples, e.diagnosis().what()));
    }
  }

  /**
   * Why a graph is not as many copies of another; empty where it is.
   *
   * @param one for one sample: the first axis of each input is of size 1
   * @param many the same network for more samples; an input of the same type is shared by all
   * @param samples their number, 2 or more
   */
  public static Optional<String> fault(Graph one, Graph many, int samples) {
    SampleCopies copies = new SampleCopies(samples);
    for (int i = 0; i < one.inputs().size(); i++) {
      copies.input(one.inputs().get(i), many.inputs().get(i));
    }
    copies.nodes(one, many);
    for (int i = 0; copies.fault.isEmpty() && i < one.outputs().size(); i++) {
      Value alone = one.outputs().get(i);
      Value own = many.outputs().get(i);
      copies.output(i, copies.block(one, alone, many, own), alone.type(), own.type());
    }
    return copies.fault;
  }

  /** The blocks of the results, from those of the inputs; empty where they are not copies. */
  static Optional<List<Integer>> ofParts(Graph one, Graph many, int samples, List<Integer> in) {
    SampleCopies copies = new SampleCopies(samples);
    for (int i = 0; i < in.size(); i++) {
      copies.pair(one.inputs().get(i), many.inputs().get(i), in.get(i));
    }
    copies.nodes(one, many);
    List<Integer> out =
        IntStream.range(0, one.outputs().size())
            .map(i -> copies.block(one, one.outputs().get(i), many, many.outputs().get(i)))
            .boxed()
            .toList();
    return copies.fault.isEmpty() ? Optional.of(out) : Optional.empty();
  }

  private void fail(String why) {
    fault = fault.or(() -> Optional.of(why));
  }

  private void pair(Value one, Value many, int block) {
    partners.put(many, one);
    blocks.put(many, block);
  }

  private void input(Value one, Value many) {
    boolean shared = one.type().equals(many.type());
    if (!shared && !holdsRows(one.type(), many.type())) {
      fail("input %s is %s: not a row for each sample".formatted(many.name(), many.type()));
    } else {
      pair(one, many, shared ? SHARED : one.type().shape().count());
    }
  }

  /** Whether the first axis, and no other, counts the samples. */
  private boolean holdsRows(Type one, Type many) {
    return SampleBlocks.axis(one, many, samples).equals(OptionalInt.of(0))
        && one.shape().dim(0).equals(Dim.ONE);
  }

  /** Claims speak of the first output; another one may be the same for all samples. */
  private void output(int index, int block, Type one, Type many) {
    boolean shared = index > 0 && block == SHARED && one.equals(many);
    boolean rows = holdsRows(one, many) && block == one.shape().count();
    if (!shared && !rows) {
      fail("output %d does not hold a row for each row of the input".formatted(index));
    }
  }

  private void nodes(Graph one, Graph many) {
    boolean alike = one.nodes().size() == many.nodes().size();
    for (int i = 0; alike && i < one.nodes().size() && fault.isEmpty(); i++) {
      Node single = one.nodes().get(i);
      Node several = many.nodes().get(i);
      alike =
          single.op().getClass() == several.op().getClass()
              && single.in().size() == several.in().size();
      if (alike) {
        node(single, several, operands(one, single, many, several));
      }
    }
    if (!alike) {
      fail("the network for %d rows is another than for one".formatted(samples));
    }
  }

  private List<Integer> operands(Graph one, Node single, Graph many, Node several) {
    return IntStream.range(0, single.in().size())
        .map(i -> block(one, single.in().get(i), many, several.in().get(i)))
        .boxed()
        .toList();
  }

  /** The block of a value of the larger graph, which must be what the other is in the smaller. */
  private int block(Graph one, Value alone, Graph many, Value own) {
    Optional<Tensor> numbers = one.constant(alone);
    Optional<Tensor> all = many.constant(own);
    if (numbers.isPresent() && all.isPresent() && !alone.equals(partners.get(own))) {
      OptionalInt block = SampleBlocks.ofNumbers(numbers.get(), all.get(), samples);
      block.ifPresent(found -> pair(alone, own, found));
    }
    if (!alone.equals(partners.get(own))) {
      fail("%s is another value for %d rows".formatted(own.name(), samples));
    }
    return blocks.getOrDefault(own, SHARED);
  }

  private void node(Node one, Node many, List<Integer> in) {
    if (fault.isEmpty()) {
      Optional<List<Integer>> out = new SampleBlocks(samples, one, many, in).results();
      for (int i = 0; out.isPresent() && i < many.out().size(); i++) {
        pair(one.out().get(i), many.out().get(i), out.get().get(i));
      }
      if (out.isEmpty()) {
        fail(
            "%s (%s) may mix the rows of a batch: for %d it is not %d copies of what it is for one"
                .formatted(many.name(), many.op().title(), samples, samples));
      }
    }
  }
}
