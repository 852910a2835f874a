package dev.axiomml.core.ir;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.SpreadNests;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SampleStatement;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * In which blocks a node's results hold the samples, from how its operands do.
 *
 * @param samples their number
 * @param one the node for one sample
 * @param many the node for all
 * @param in the blocks of its operands, or {@link #SHARED}
 */
record SampleBlocks(int samples, Node one, Node many, List<Integer> in) {
  /** In place of the size of a block: all samples share the value. */
  static final int SHARED = 0;

  /** The blocks of the results; empty where they are not known to be copies. */
  Optional<List<Integer>> results() {
    boolean shared = in.stream().allMatch(block -> block == SHARED);
    if (shared && one.op().equals(many.op()) && one.inTypes().equals(many.inTypes())) {
      return Optional.of(Collections.nCopies(many.out().size(), SHARED));
    }
    if (!one.inTypes().stream().allMatch(SampleBlocks::isSized)) {
      return Optional.empty();
    }
    if (many.op() instanceof SumOp sum) {
      return found(ofSum((SumOp) one.op(), sum));
    }
    if (many.op() instanceof WindowOp windows) {
      return found(ofWindows((WindowOp) one.op(), windows));
    }
    return one.op().equals(many.op()) ? ofSameOperator() : Optional.empty();
  }

  private Optional<List<Integer>> ofSameOperator() {
    if (many.op() instanceof ScalarOp) {
      return Optional.of(in);
    }
    return many.op() instanceof Composite parts ? byParts(parts) : stated();
  }

  /** The first block in which the products of a sum, or the members of windows, are copies. */
  private Optional<List<Integer>> found(IntPredicate holds) {
    return candidates(one.out().get(0).type(), many.out().get(0).type(), samples)
        .filter(holds)
        .mapToObj(List::of)
        .findFirst();
  }

  /** The axis that is longer for all samples, by their number; none where others are too. */
  static OptionalInt axis(Type one, Type many, int samples) {
    if (!isSized(one) || !isSized(many) || one.dtype() != many.dtype()) {
      return OptionalInt.empty();
    }
    Shape single = one.shape();
    return IntStream.range(0, single.rank())
        .filter(i -> single.with(i, single.dim(i).times(samples)).equals(many.shape()))
        .filter(i -> single.count() > 0)
        .findFirst();
  }

  private static boolean isSized(Type type) {
    return type.isTensor() && type.shape().isFixed();
  }

  /** The blocks that a tensor of some shape may hold samples in: whole entries of one axis. */
  private static IntStream candidates(Type one, Type many, int samples) {
    OptionalInt axis = axis(one, many, samples);
    if (axis.isEmpty()) {
      return IntStream.empty();
    }
    int behind = behind(one.shape(), axis.getAsInt());
    int entries = one.shape().size(axis.getAsInt());
    return IntStream.rangeClosed(1, entries).filter(n -> entries % n == 0).map(n -> n * behind);
  }

  private static int behind(Shape shape, int axis) {
    return shape.sub(axis + 1, shape.rank()).count();
  }

  /** How numbers for all samples are those for one, repeated. */
  static OptionalInt ofNumbers(Tensor one, Tensor many, int samples) {
    return one.equals(many)
        ? OptionalInt.of(SHARED)
        : candidates(one.type(), many.type(), samples)
            .filter(block -> repeats(one, many, samples, block))
            .findFirst();
  }

  private static boolean repeats(Tensor one, Tensor many, int samples, int block) {
    int blocks = one.size() / block;
    Tensor single = one.reshape(Shape.of(1, blocks, block));
    Tensor apart = many.reshape(Shape.of(blocks, samples, block)).permute(1, 0, 2);
    return IntStream.range(0, samples).allMatch(i -> apart.slice(i, i + 1).equals(single));
  }

  private IntPredicate ofWindows(WindowOp single, WindowOp several) {
    List<LoopNest> alone = single.nests(one.inTypes().get(0).shape());
    List<LoopNest> all = several.nests(many.inTypes().get(0).shape());
    return out -> new SpreadNests(samples, List.of(out, in.get(0), SHARED)).holds(alone, all);
  }

  private IntPredicate ofSum(SumOp single, SumOp several) {
    List<Shape> alone = FamilyTypes.shapes(one.inTypes());
    List<Shape> all = FamilyTypes.shapes(many.inTypes());
    OptionalInt table = ofNumbers(single.table(alone), several.table(all), samples);
    List<SumTerm> terms = single.terms(alone);
    List<SumTerm> wide = several.terms(all);
    boolean alike =
        table.isPresent()
            && terms.size() == wide.size()
            && single.extraRoundings() == several.extraRoundings()
            && fill(single, alone).equals(fill(several, all));
    return out ->
        alike
            && IntStream.range(0, terms.size())
                .allMatch(i -> holds(terms.get(i), wide.get(i), out, table.orElse(SHARED)));
  }

  /** A number alone: what is filled in anywhere else would be of some samples only. */
  private static Optional<Tensor> fill(SumOp op, List<Shape> in) {
    Optional<Tensor> fill = op instanceof MoveOp move ? move.fill(in) : Optional.empty();
    if (fill.isPresent() && fill.get().size() != 1) {
      throw new IllegalStateException(op + " fills in " + fill.get().shape());
    }
    return fill;
  }

  private boolean holds(SumTerm alone, SumTerm all, int out, int table) {
    int second = alone.isProduct() ? in.get(alone.factor()) : table;
    return alone.operand() == all.operand()
        && alone.factor() == all.factor()
        && new SpreadNests(samples, List.of(out, in.get(alone.operand()), second))
            .holds(alone.nests(), all.nests());
  }

  /** What an operator is made of holds its samples as it does. */
  private Optional<List<Integer>> byParts(Composite op) {
    Optional<OpLowering> alone = op.parts(one.inTypes());
    Optional<OpLowering> all = op.parts(many.inTypes());
    return alone.isPresent() && all.isPresent()
        ? SampleCopies.ofParts(
            graph(alone.get(), one.inTypes()), graph(all.get(), many.inTypes()), samples, in)
        : stated();
  }

  private static Graph graph(OpLowering parts, List<Type> in) {
    GraphBuilder to = Graph.builder();
    List<Value> inputs = new ArrayList<>();
    in.forEach(type -> inputs.add(to.input("operand", type)));
    return to.build(parts.emit(to, inputs));
  }

  /** What an operator states of every number of entries, where all operands lie alike. */
  private Optional<List<Integer>> stated() {
    List<Integer> axes = new ArrayList<>();
    List<List<Integer>> lies = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      Type type = one.inTypes().get(k);
      boolean holds = in.get(k) != SHARED;
      int axis = holds ? axis(type, many.inTypes().get(k), samples).orElseThrow() : SampleAxes.NONE;
      axes.add(axis);
      if (holds) {
        int entries = type.shape().size(axis);
        lies.add(List.of(entries, in.get(k) / behind(type.shape(), axis)));
      }
    }
    boolean alike = lies.stream().distinct().count() == 1;
    if (!alike || !(many.op() instanceof SampleStatement statement)) {
      return Optional.empty();
    }
    int entries = lies.get(0).get(0);
    int inner = lies.get(0).get(1);
    OptionalInt axis = statement.rows(many.inTypes(), new SampleAxes(axes));
    return axis.isPresent() && holdsAlong(axis.getAsInt(), entries)
        ? Optional.of(
            one.out().stream()
                .map(value -> behind(value.type().shape(), axis.getAsInt()) * inner)
                .toList())
        : Optional.empty();
  }

  /** Whether all results have that many entries for each sample along an axis. */
  private boolean holdsAlong(int axis, int entries) {
    return IntStream.range(0, many.out().size())
        .allMatch(
            i -> {
              Type single = one.out().get(i).type();
              Type several = many.out().get(i).type();
              return axis(single, several, samples).equals(OptionalInt.of(axis))
                  && single.shape().size(axis) == entries;
            });
  }
}
