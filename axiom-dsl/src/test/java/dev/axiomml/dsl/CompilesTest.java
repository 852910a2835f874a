package dev.axiomml.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that must not compile, each with a twin that does and differs only where it must. */
class CompilesTest {
  @TempDir Path folder;

  private static final String HEAD =
      """
      import static dev.axiomml.dsl.Dsl.*;
      import dev.axiomml.dsl.*;
      import dev.axiomml.core.model.Model;
      import dev.axiomml.core.property.*;
      import java.util.*;
      class Program { static Object run(Model<?> any, Model<Scores> scored) { return
      """;

  private List<String> errors(String expression) {
    return Compiler.errors(folder, "Program", HEAD + expression + "; } }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // a dense layer on an image
        "N.input(image(28, 28, 1)).dense(10) | N.input(image(28, 28, 1)).flatten().dense(10)",
        "N.input(image(9, 9, 1)).then(dense(4)) | N.input(vector(9)).then(dense(4))",
        // a convolution or pool on a vector
        "N.input(vector(9)).conv(4, 3) | N.input(vector(9)).asImage(3, 3, 1).conv(4, 3)",
        "N.input(vector(9)).maxPool(2) | N.input(sequence(9, 1)).maxPool(2)",
        "N.input(vector(9)).then(conv2d(1, 4, 3)) | N.input(image(3, 3, 1)).then(conv2d(1, 4, 3))",
        "N.input(sequence(9, 2)).then(conv2d(2, 4, 3)) | N.input(sequence(9, 2)).then(conv1d(2, 4,"
            + " 3))",
        "N.input(vector(9)).flatten() | N.input(image(3, 3, 1)).flatten()",
        // activations of token numbers
        "N.input(tokens(9)).relu() | N.input(sequence(9, 1)).relu()",
        // a branch of another kind
        "N.input(image(3, 3, 1)).residual(f -> f.flatten()) | N.input(image(3, 3, 1)).residual(f ->"
            + " f.relu())",
        "N.input(image(3, 3, 1)).plus(N.input(vector(9))) |"
            + " N.input(vector(9)).plus(N.input(vector(9)))",
        // another model's output is of open kind
        "N.input(vector(9)).then(any).dense(3) | N.input(vector(9)).then(any).asVector().dense(3)",
        // claims about distributions on raw scores
        "N.input(vector(9)).output(scores(9)).ensure(validProbabilities()) |"
            + " N.input(vector(9)).softmax().output(probabilities(9)).ensure(validProbabilities())",
        "N.input(vector(9)).output().ensure(validProbabilities()) |"
            + " N.input(vector(9)).output().ensure(noNaN())",
        "N.input(vector(9)).output().prove(argmaxIs(1).forAll(inputIn(0, 1))) "
            + "| N.input(vector(9)).output(scores(9)).prove(argmaxIs(1).forAll(inputIn(0, 1)))",
        "scored.ensure(validProbabilities()) | scored.withSoftmax().ensure(validProbabilities())",
        "Axiom.guard(any).ensure(validProbabilities()) | Axiom.guard(any).ensure(noNaN())",
        "Axiom.guard(any.asClassifier()).ensure(scores(3)) "
            + "| Axiom.guard(any.asClassifier()).ensure(validProbabilities())",
      })
  void a_wrong_program_does_not_compile_and_its_twin_does(String wrong, String right) {
    String start = "Axiom.model(\"n\")";
    assertThat(errors(right.replace("N.", start + "."))).as(right).isEmpty();
    assertThat(errors(wrong.replace("N.", start + "."))).as(wrong).isNotEmpty();
  }
}
