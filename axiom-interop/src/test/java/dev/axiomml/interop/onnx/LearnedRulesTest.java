package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear models and what surrounds them, compared with ONNX Runtime. */
class LearnedRulesTest {
  private static final Tensor X = Tensor.random(Shape.of(6, 3), 8, 0, 1);
  private static final AttributeProto WEIGHTS =
      floats("coefficients", 0.2f, 0.3f, 0.1f, 0.4f, 0.1f, 0.2f);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"})
  void targets_and_classes_have_a_last_function(String after) throws Exception {
    AttributeProto base = floats("intercepts", 0.1f, -0.05f);
    AttributeProto last = text("post_transform", after);
    new Learned(folder, "LinearRegressor", "y").run(X, WEIGHTS, base, last, whole("targets", 2));
    AttributeProto labels = wholes("classlabels_ints", 4, 2);
    new Learned(folder, "LinearClassifier", "y z").run(X, WEIGHTS, base, last, labels);
  }

  @Test
  void scores_that_are_zero_stay_zero() throws Exception {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 0, 0, 0, 1, 0);
    Tensor y =
        new Learned(folder, "LinearRegressor", "y")
            .run(
                x,
                floats("coefficients", 0, 1, 0, 2, 1, 0),
                floats("intercepts", 0, 0),
                whole("targets", 2),
                text("post_transform", "SOFTMAX_ZERO"))
            .get(0);
    assertThat(y.at(0, 0)).isZero();
    assertThat(y.at(0, 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"NONE", "LOGISTIC"})
  void one_score_tells_two_classes_apart(String after) throws Exception {
    Tensor y =
        new Learned(folder, "LinearClassifier", "y z")
            .run(
                X,
                floats("coefficients", 1, -1, 0.5f),
                floats("intercepts", -0.2f),
                texts("classlabels_strings", "no", "yes"),
                text("post_transform", after))
            .get(0);
    assertThat(y.toString()).contains("no").contains("yes");
  }

  @Test
  void one_target_has_a_probit() throws Exception {
    AttributeProto weights = floats("coefficients", 0.3f, 0.3f, 0.3f);
    AttributeProto base = floats("intercepts", 0);
    AttributeProto one = whole("targets", 1);
    new Learned(folder, "LinearRegressor", "y")
        .run(X, weights, base, one, text("post_transform", "PROBIT"));
  }

  @Test
  void a_list_is_one_row() throws Exception {
    Tensor y =
        new Learned(folder, "LinearRegressor", "y")
            .run(
                Tensor.of(Shape.of(3), 1, 2, 3),
                WEIGHTS,
                floats("intercepts", 0, 0),
                whole("targets", 2))
            .get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 2));
  }

  @ParameterizedTest
  @CsvSource({"LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "EXP"})
  void what_programs_pass_over_is_refused(String after) {
    AttributeProto last = text("post_transform", after);
    AttributeProto one = floats("coefficients", 1, 2, 3);
    assertThatThrownBy(() -> new Learned(folder, "LinearRegressor", "y").alone(X, one, last))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("post_transform " + after);
  }

  @Test
  void one_label_is_refused() {
    AttributeProto one = floats("coefficients", 1, 2, 3);
    AttributeProto label = wholes("classlabels_ints", 1);
    assertThatThrownBy(() -> new Learned(folder, "LinearClassifier", "y z").alone(X, one, label))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("classlabels");
  }

  @Test
  void a_row_is_divided_by_its_largest_number() throws Exception {
    Tensor x = Tensor.of(Shape.of(3, 2), 2, -4, -1, -2, 0, -3);
    Tensor y = new Learned(folder, "Normalizer", "y").run(x, text("norm", "MAX")).get(0);
    assertThat(y.toFloats()).containsExactly(1, -2, 1, 2, 0, -3);
  }

  @Test
  void categories_and_numbers_stand_for_each_other() throws Exception {
    AttributeProto names = texts("cats_strings", "a", "b");
    AttributeProto numbers = wholes("cats_int64s", 7, 8);
    Tensor x = Tensor.ofTexts(Shape.of(3), "b", "z", "a");
    Tensor y =
        new Learned(folder, "CategoryMapper", "y")
            .run(x, names, numbers, whole("default_int64", 3))
            .get(0);
    assertThat(y.toLongs()).containsExactly(8, 3, 7);
    assertThat(
            new Learned(folder, "CategoryMapper", "y")
                .run(y, names, numbers, text("default_string", "?"))
                .get(0))
        .isEqualTo(Tensor.ofTexts(Shape.of(3), "b", "?", "a"));
  }

  @Test
  void categories_without_their_numbers_are_refused() {
    Tensor x = Tensor.ofTexts(Shape.of(1), "b");
    AttributeProto names = texts("cats_strings", "a", "b");
    assertThatThrownBy(() -> new Learned(folder, "CategoryMapper", "y").alone(x, names))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("cats_int64s is missing");
    AttributeProto one = wholes("cats_int64s", 1);
    assertThatThrownBy(() -> new Learned(folder, "CategoryMapper", "y").alone(x, names, one))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("cats_strings of 2 and cats_int64s of 1");
  }

  @Test
  void whole_numbers_are_replaced_too() throws Exception {
    Tensor x = Tensor.ofLongs(Shape.of(2, 2), 1, -1, -1, 5);
    AttributeProto gone = whole("replaced_value_int64", -1);
    Tensor y =
        new Learned(folder, "Imputer", "y")
            .run(x, wholes("imputed_value_int64s", 8, 9), gone)
            .get(0);
    assertThat(y.toLongs()).containsExactly(1, 9, 8, 5);
    assertThatThrownBy(
            () ->
                new Learned(folder, "Imputer", "y")
                    .alone(x, wholes("imputed_value_int64s", 1, 2, 3)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("imputed_value_int64s of 3");
  }

  @Test
  void whole_numbers_above_a_fraction_are_one() {
    Tensor x = Tensor.ofLongs(Shape.of(3), -1, 0, 1);
    AttributeProto half = Nodes.number("threshold", -0.5f);
    Tensor y = new Learned(folder, "Binarizer", "y").alone(x, half).get(0);
    assertThat(y.toLongs()).containsExactly(0, 1, 1);
  }

  private static Nodes vectorizer(long... sizes) {
    return Nodes.of()
        .input("a", dev.axiomml.core.tensor.Type.of(Shape.of(2, 3), DType.INT64))
        .input("b", dev.axiomml.core.tensor.Type.of(Shape.of(2, 1), DType.INT64))
        .learned("FeatureVectorizer", "y < a b", wholes("inputdimensions", sizes));
  }

  @Test
  void features_stand_side_by_side_cut_or_filled_up_to_their_sizes() throws Exception {
    Tensor a = Tensor.ofLongs(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor b = Tensor.ofLongs(Shape.of(2, 1), 7, 8);
    Tensor y = vectorizer(2, 2).load(folder).predictAll(List.of(a, b)).get(0);
    assertThat(y).isEqualTo(Tensor.of(Shape.of(2, 4), 1, 2, 7, 0, 4, 5, 8, 0));
    assertThat(OtherRuntime.run(Nodes.file(folder), List.of(a, b)).get(0)).isEqualTo(y);
  }

  @Test
  void features_without_their_sizes_are_refused() {
    assertThatThrownBy(() -> vectorizer(3).load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("inputdimensions [3] for 2 operands");
    assertThatThrownBy(() -> vectorizer(3, -1).load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("inputdimensions of -1");
  }
}
