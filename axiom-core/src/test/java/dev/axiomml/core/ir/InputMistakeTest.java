package dev.axiomml.core.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong input says which mistake it is; the call that it names mends it. */
class InputMistakeTest {
  private static final Pattern RESHAPE =
      Pattern.compile("\\.reshape\\(Shape\\.of\\(([0-9, ]+)\\)\\)");
  private static final Pattern PERMUTE = Pattern.compile("\\.permute\\(([0-9, ]+)\\)");
  private static final Pattern CAST = Pattern.compile("\\.to\\(DType\\.(\\w+)\\)");

  private static Shape shape(String text) {
    return new Shape(
        Stream.of(text.split(" "))
            .map(size -> size.matches("[0-9]+") ? Dim.of(Long.parseLong(size)) : Dim.symbol(size))
            .toList());
  }

  private static Diagnosis mistake(Shape declared, Tensor actual) {
    GraphBuilder builder = new GraphBuilder();
    Value input = builder.input("input", Type.float32(declared));
    ShapeException refused =
        catchThrowableOfType(
            ShapeException.class,
            () -> InputMatching.symbols(input, actual.type(), new TreeMap<>()));
    return refused.diagnosis();
  }

  private static Tensor zeros(DType dtype, Shape shape) {
    return Tensor.zeros(shape).to(dtype);
  }

  @ParameterizedTest
  @CsvSource({
    "N 28 24 3, 5 3 28 24, 'the channels are the last axis, not axis 1', 'pass x.permute(0, 2, 3,"
        + " 1)'",
    "N 3 28 24, 5 28 24 3, 'the channels are axis 1, not the last', 'pass x.permute(0, 3, 1, 2)'",
    "N 28 24 3, 28 24 3, the first axis is the batch, 'pass x.reshape(Shape.of(1, 28, 24, 3))'",
    "N 28 24 3, 3 28 24, the first axis is the batch, 'pass x.reshape(Shape.of(1, 3, 28,"
        + " 24)).permute(0, 2, 3, 1)'",
    "N 4, 2 4 1, 'it has 2 axes, not 3', 'pass float32 N×4, the batch first, e.g. by x.reshape(…)'",
    "N 28 24 3, 5 32 24 3, 'axis 1 has 28, not 32', 'pass float32 N×28×24×3: resize or crop the"
        + " data to it'",
    "N T T, 5 2 3, 'equal symbols mean equal sizes, and T is 2 before axis 2, which has 3', pass"
        + " tensors of the same T",
    "1 4, 3 4, the file was exported for a batch of 1, 'pass 1 at a time, x.slice(from, from + 1),"
        + " or export again with a free batch: torch.export.export(model, args,"
        + " dynamic_shapes={\"x\": {0: torch.export.Dim(\"N\")}})'"
  })
  void each_mistake_is_named_with_what_mends_it(
      String declared, String given, String why, String fix) {
    Diagnosis said = mistake(shape(declared), Tensor.zeros(shape(given)));

    assertThat(said.what()).isEqualTo("input got float32 " + shape(given));
    assertThat(said.why()).isEqualTo("it is declared as float32 " + shape(declared) + ": " + why);
    assertThat(said.fix()).isEqualTo(fix);
  }

  @Test
  void another_element_type_is_named_before_sizes() {
    Diagnosis said = mistake(shape("N 4"), zeros(DType.UINT8, shape("3 4")));

    assertThat(said.why()).endsWith("the element type is uint8");
    assertThat(said.fix()).isEqualTo("pass x.to(DType.FLOAT32); sizes and values are checked then");
  }

  @Test
  void doing_what_is_said_mends_every_input_that_was_spoiled_by_these_mistakes() {
    Random random = new Random(11);
    for (int turn = 0; turn < 2000; turn++) {
      int rank = 3 + random.nextInt(3);
      List<Dim> dims = new ArrayList<>(List.of(Dim.symbol("N")));
      while (dims.size() < rank) {
        dims.add(Dim.of(1 + random.nextInt(6)));
      }
      Shape declared = new Shape(dims);
      boolean alone = random.nextBoolean();
      Tensor right = Tensor.zeros(declared.with(0, Dim.of(alone ? 1 : 1 + random.nextInt(4))));
      Tensor spoiled = spoiled(right, alone, random);
      if (fits(declared, spoiled)) {
        continue;
      }
      Tensor mended = spoiled;
      for (int tries = 0; tries < 2 && !fits(declared, mended); tries++) {
        mended = mended(mended, mistake(declared, mended).fix());
      }

      assertThat(fits(declared, mended))
          .as("turn %d: %s for %s", turn, spoiled.type(), declared)
          .isTrue();
    }
  }

  private static Tensor spoiled(Tensor right, boolean alone, Random random) {
    int rank = right.shape().rank();
    Tensor moved = right;
    if (random.nextBoolean()) {
      moved = right.permute(random.nextBoolean() ? first(rank) : last(rank));
    }
    Tensor single = alone && rank > 1 ? moved.reshape(moved.shape().sub(1, rank)) : moved;
    return random.nextInt(3) == 0 ? single.to(DType.FLOAT64) : single;
  }

  private static int[] last(int rank) {
    int[] order = first(rank);
    int[] inverse = new int[rank];
    for (int i = 0; i < rank; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  private static int[] first(int rank) {
    int[] order = new int[rank];
    for (int i = 1; i < rank; i++) {
      order[i] = i == 1 ? rank - 1 : i - 1;
    }
    return order;
  }

  private static boolean fits(Shape declared, Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32
        && InputMatching.isShape(declared, tensor.shape(), new TreeMap<>());
  }

  private static Tensor mended(Tensor wrong, String fix) {
    Tensor now = wrong;
    Matcher cast = CAST.matcher(fix);
    now = cast.find() ? now.to(DType.valueOf(cast.group(1))) : now;
    Matcher reshape = RESHAPE.matcher(fix);
    now = reshape.find() ? now.reshape(Shape.of(numbers(reshape.group(1)))) : now;
    Matcher permute = PERMUTE.matcher(fix);
    return permute.find() ? now.permute(numbers(permute.group(1))) : now;
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(", ")).mapToInt(Integer::parseInt).toArray();
  }
}
