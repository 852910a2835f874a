package dev.axiomml.core.ir;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An input that does not fit, and which mistake it most likely is: the first row of the table whose
 * mending gives what is declared.
 *
 * @param input what is declared
 * @param actual what is given
 * @param sizes the symbols that inputs before this one determine
 */
record InputMistake(Value input, Type actual, Map<String, Long> sizes) {
  private record Remedy(String why, String fix) {}

  private static final List<Function<InputMistake, Optional<Remedy>>> TABLE =
      List.of(
          InputMistake::elementType,
          InputMistake::noBatch,
          InputMistake::channels,
          InputMistake::rank,
          InputMistake::fixedBatch,
          InputMistake::symbol,
          InputMistake::size);

  /** What is wrong, without a place. */
  Diagnosis diagnosis() {
    Remedy remedy =
        TABLE.stream().flatMap(row -> row.apply(this).stream()).findFirst().orElseGet(this::other);
    String called = input.name().equals("input") ? "input" : "input " + input.name();
    String why = "it is declared as " + input.type() + ": " + remedy.why;
    return new Diagnosis(called + " got " + actual, "", why, remedy.fix);
  }

  private Shape declared() {
    return input.type().shape();
  }

  private boolean fits(Shape shape) {
    return InputMatching.isShape(declared(), shape, new TreeMap<>(sizes));
  }

  private Optional<Remedy> elementType() {
    if (!actual.isTensor()) {
      return Optional.of(new Remedy("it takes one tensor", "pass a Tensor of that type"));
    }
    if (actual.dtype() == input.type().dtype()) {
      return Optional.empty();
    }
    String constant = "DType." + input.type().dtype().name();
    return Optional.of(
        new Remedy(
            "the element type is " + actual.dtype(),
            "pass x.to(" + constant + "); sizes and values are checked then"));
  }

  /** One sample given where a batch is declared, maybe with its channels elsewhere. */
  private Optional<Remedy> noBatch() {
    Shape batch = Shape.of(1).concat(actual.shape());
    int rank = batch.rank();
    if (rank != declared().rank()) {
      return Optional.empty();
    }
    String call = "pass x.reshape(" + typed(batch) + ")";
    String why = "the first axis is the batch";
    return fits(batch)
        ? Optional.of(new Remedy(why, call))
        : Stream.of(lastFromSecond(rank), secondFromLast(rank))
            .filter(order -> rank > 2 && fits(batch.permuted(order)))
            .findFirst()
            .map(order -> new Remedy(why, call + permute(order)));
  }

  /** Channels first where they are declared last, or the other way round. */
  private Optional<Remedy> channels() {
    int rank = declared().rank();
    if (rank < 3 || rank != actual.shape().rank()) {
      return Optional.empty();
    }
    return turned(lastFromSecond(rank), "the channels are the last axis, not axis 1")
        .or(() -> turned(secondFromLast(rank), "the channels are axis 1, not the last"));
  }

  private Optional<Remedy> turned(int[] order, String why) {
    return fits(actual.shape().permuted(order))
        ? Optional.of(new Remedy(why, "pass x" + permute(order)))
        : Optional.empty();
  }

  private static String permute(int... order) {
    return IntStream.of(order)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", ".permute(", ")"));
  }

  private Optional<Remedy> rank() {
    int more = actual.shape().rank() - declared().rank();
    return more == 0
        ? Optional.empty()
        : Optional.of(
            new Remedy(
                "it has " + declared().rank() + " axes, not " + actual.shape().rank(),
                "pass " + input.type() + ", the batch first, e.g. by x.reshape(…)"));
  }

  /** All is right but the number of samples, which the file says once and for all. */
  private Optional<Remedy> fixedBatch() {
    Dim batch = declared().rank() == 0 ? Dim.symbol("N") : declared().dim(0);
    if (!batch.isFixed() || !fits(actual.shape().with(0, batch))) {
      return Optional.empty();
    }
    return Optional.of(
        new Remedy(
            "the file was exported for a batch of " + batch,
            "pass "
                + batch
                + " at a time, x.slice(from, from + "
                + batch
                + "), or export again with a free batch: torch.export.export(model, args,"
                + " dynamic_shapes={\"x\": {0: torch.export.Dim(\"N\")}})"));
  }

  /** A size that equals another's by its name. */
  private Optional<Remedy> symbol() {
    Map<String, Long> known = new TreeMap<>(sizes);
    for (int axis = 0; axis < declared().rank(); axis++) {
      Dim dim = declared().dim(axis);
      long size = actual.shape().dim(axis).value();
      if (!dim.isFixed() && !InputMatching.isSize(dim, size, known)) {
        return Optional.of(
            new Remedy(
                "equal symbols mean equal sizes, and %s is %d before axis %d, which has %d"
                    .formatted(dim, known.get(dim.toString()), axis, size),
                "pass tensors of the same " + dim));
      }
    }
    return Optional.empty();
  }

  /** Every axis that has another size. */
  private Optional<Remedy> size() {
    List<String> wrong = new ArrayList<>();
    for (int axis = 0; axis < declared().rank(); axis++) {
      Dim dim = declared().dim(axis);
      long size = actual.shape().dim(axis).value();
      if (dim.isFixed() && dim.value() != size) {
        wrong.add("axis %d has %s, not %d".formatted(axis, dim, size));
      }
    }
    String why = String.join(" and ", wrong);
    String fix = "pass " + input.type() + ": resize or crop the data to it";
    return wrong.isEmpty() ? Optional.empty() : Optional.of(new Remedy(why, fix));
  }

  private Remedy other() {
    return new Remedy("the first axis is the batch", "pass " + input.type());
  }

  private static String typed(Shape shape) {
    return shape.dims().stream()
        .map(Dim::toString)
        .collect(Collectors.joining(", ", "Shape.of(", ")"));
  }

  /** (N, C, spatial…) to (N, spatial…, C). */
  private static int[] lastFromSecond(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
  }

  /** (N, spatial…, C) to (N, C, spatial…). */
  private static int[] secondFromLast(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
  }
}
