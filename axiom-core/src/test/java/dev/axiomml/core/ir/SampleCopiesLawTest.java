package dev.axiomml.core.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.catalog.OpCatalog;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever an operator is found to be copies of itself, batches are their rows one by one: bit for
 * bit where they lie along axis 0, else up to the order of sums, which follows the axes.
 */
class SampleCopiesLawTest {
  private static final Dim N = Dim.symbol("N");

  /** Of doubles: two sums of at most 72 products below 4, each off by 72 · 72 · 4 · 2⁻⁵³. */
  private static final double ORDER = 1e-11;

  /** Operators that state nothing, each with the reason. */
  private static final Map<String, String> SILENT =
      Stream.of(
              Map.entry(
                  "computes in a type that no proof follows",
                  "Arithmetic Bits Cast IntegerCumSum IntegerReduction IntegerTopK Logic"),
              Map.entry("jumps, and has no bound", "Compare"),
              Map.entry("its shape depends on elements", "NonZero OneHot Range"),
              Map.entry(
                  "its shape is computed; a known one makes it another operator",
                  "ConstantOfShape DynamicExpand DynamicReshape DynamicSlice"),
              Map.entry(
                  "reads or writes where an input says, perhaps in another row",
                  "Gather GatherElements GatherNd GridSample ScatterElements ScatterNd"),
              Map.entry("its input is a whole number, and it has no bound", "Embedding"),
              Map.entry("counts the rows themselves", "ShapeOf SizeOf"))
          .flatMap(line -> Stream.of(line.getValue().split(" ")).map(op -> Map.entry(op, line)))
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getKey()));

  /** What an operator states of samples along these axes of operands of these types. */
  private record StatedCase(OpSample sample, List<Type> in, List<Integer> axes, int out) {
    List<Type> types(long rows) {
      return in.stream()
          .map(t -> Type.of(t.shape().bind(symbol -> Dim.of(rows)), t.dtype()))
          .toList();
    }

    /** Whether all rows lie along axis 0. */
    boolean inFront() {
      return out == 0 && axes.stream().allMatch(axis -> axis <= 0);
    }

    Op op(long rows) {
      return sample.op().bind(symbol -> Dim.of(rows));
    }

    @Override
    public String toString() {
      return sample + " along " + axes + " to " + out;
    }
  }

  /** Operators whose settings speak of the batch, or whose inputs are not all floats. */
  private static Stream<OpSample> more() {
    Dim two = Dim.of(2);
    Dim three = Dim.of(3);
    return Stream.of(
        sample(new Reshape(Shape.of(N, Dim.of(6))), Shape.of(N, two, three)),
        sample(new Reshape(Shape.of(N, two, three)), Shape.of(N, Dim.of(6))),
        sample(new Reshape(Shape.of(two, three, N)), Shape.of(Dim.of(6), N)),
        sample(new Reshape(Shape.of(Dim.of(6), N, two)), Shape.of(two, three, N, Dim.ONE, two)),
        sample(new Expand(Shape.of(N, three)), Shape.of(1, 3)),
        sample(new Expand(Shape.of(N, two, three)), Shape.of(3)),
        sample(new Expand(Shape.of(two, N, Dim.ONE)), Shape.of(2, 1, 3)),
        sample(new Expand(Shape.of(two, N, three)), Shape.of(N, Dim.ONE)),
        sample(new Expand(Shape.of(two, Dim.ONE, three)), Shape.of(N, Dim.ONE)),
        sample(new Where(), Shape.of(2, 3), Shape.of(2, 1), Shape.of(1, 3)),
        sample(new ReduceLogSumExp(List.of(1), false), Shape.of(2, 3)),
        sample(new IsNan(), Shape.of(2, 3)),
        sample(new IsInf(true, true), Shape.of(2, 3)));
  }

  private static OpSample sample(Op op, Shape... in) {
    return new OpSample(op, List.of(in));
  }

  static Stream<StatedCase> stated() {
    return Stream.concat(OpSamples.all().stream(), more()).flatMap(SampleCopiesLawTest::stated);
  }

  private static Stream<StatedCase> stated(OpSample sample) {
    return assignments(sample.in()).stream().flatMap(axes -> stated(sample, axes).stream());
  }

  /** Every choice of an axis, or none, for each operand; sizes that speak of the batch are it. */
  private static List<List<Integer>> assignments(List<Shape> in) {
    List<List<Integer>> all = List.of(List.of());
    for (Shape shape : in) {
      List<Integer> own = IntStream.range(-1, shape.rank()).boxed().toList();
      List<Integer> wide = own.stream().filter(i -> i >= 0 && !shape.dim(i).isFixed()).toList();
      List<Integer> choices = wide.isEmpty() ? own : wide;
      all = all.stream().flatMap(axes -> choices.stream().map(axis -> joined(axes, axis))).toList();
    }
    return all;
  }

  private static List<Integer> joined(List<Integer> axes, int axis) {
    List<Integer> more = new ArrayList<>(axes);
    more.add(axis);
    return more;
  }

  private static List<StatedCase> stated(OpSample sample, List<Integer> axes) {
    List<Type> in = new ArrayList<>();
    for (int k = 0; k < axes.size(); k++) {
      Shape shape = sample.in().get(k);
      DType dtype = sample.op() instanceof Where && k == 0 ? DType.BOOL : DType.FLOAT32;
      in.add(Type.of(axes.get(k) < 0 ? shape : shape.with(axes.get(k), N), dtype));
    }
    OptionalInt out = CopiedRows.of(sample.op(), in, axes);
    return out.isEmpty() ? List.of() : List.of(new StatedCase(sample, in, axes, out.getAsInt()));
  }

  private static List<Tensor> run(Op op, Collection<Tensor> in) {
    return new Interpreter()
            .node(new Node(0, "sample", op, List.of(), List.of()), new ArrayList<RuntimeValue>(in))
            .stream()
            .map(RuntimeValue::tensor)
            .toList();
  }

  private static Tensor random(Type type, OpSample sample, long seed) {
    if (type.dtype() == DType.BOOL) {
      Random random = new Random(seed);
      long[] bits = random.longs(type.shape().count(), 0, 2).toArray();
      return Tensor.ofIntegers(type.shape(), DType.BOOL, bits);
    }
    return Tensor.random(type.shape(), seed, sample.low(), sample.high());
  }

  /** Mutation: any condition left out of any statement that refuses one of the assignments. */
  @ParameterizedTest
  @MethodSource("stated")
  void a_batch_of_stated_rows_is_its_rows(StatedCase stated) {
    for (int rows : SampleCopies.SIZES) {
      assertApart(stated, rows);
    }
  }

  private static void assertApart(StatedCase stated, int rows) {
    List<Tensor> in = new ArrayList<>();
    for (Type type : stated.types(rows)) {
      Tensor own = random(type, stated.sample(), 100L * rows + in.size());
      in.add(type.dtype().isFloat() && !stated.inFront() ? own.to(DType.FLOAT64) : own);
    }
    List<Tensor> all = run(stated.op(rows), in);
    for (int row = 0; row < rows; row++) {
      List<Tensor> own = new ArrayList<>();
      for (int k = 0; k < in.size(); k++) {
        own.add(slice(in.get(k), stated.axes().get(k), row));
      }
      List<Tensor> alone = run(stated.op(1), own);
      for (int k = 0; k < alone.size(); k++) {
        assertThat(all.get(k).shape().size(stated.out())).isEqualTo(rows);
        Tensor among = slice(all.get(k), stated.out(), row);
        assertAlike(
            among, alone.get(k), stated.inFront() ? 0 : ORDER, "row " + row + " of " + rows);
      }
    }
  }

  private static void assertAlike(Tensor among, Tensor alone, double order, String row) {
    assertThat(among.shape()).as(row).isEqualTo(alone.shape());
    if (order == 0) {
      assertThat(among.toDoubles()).as(row).containsExactly(alone.toDoubles());
    } else {
      assertThat(among.toDoubles()).as(row).containsExactly(alone.toDoubles(), within(order));
    }
  }

  private static Tensor slice(Tensor tensor, int axis, int row) {
    return axis == CopiedRows.NONE ? tensor : run(Slice.of(axis, row, 1), List.of(tensor)).get(0);
  }

  @Test
  void only_these_operators_state_nothing_and_each_for_a_reason() {
    Set<String> stating =
        stated()
            .map(stated -> stated.sample().op().getClass().getSimpleName())
            .collect(Collectors.toSet());
    Set<String> silent = new TreeSet<>();
    OpCatalog.all().forEach(entry -> silent.add(entry.type().getSimpleName()));
    silent.removeAll(stating);
    assertThat(silent).containsExactlyInAnyOrderElementsOf(SILENT.keySet());
  }

  @Test
  void what_states_nothing_is_what_has_no_bound() {
    assertThat(OpCatalog.all())
        .filteredOn(entry -> SILENT.containsKey(entry.type().getSimpleName()))
        .allMatch(entry -> RunOp.class.isAssignableFrom(entry.type()));
  }
}
