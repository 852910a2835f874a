package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelRulesTest {
  private static final Tensor NAMES = Tensor.ofTexts(Shape.of(3), "b", "z", "a");

  @TempDir Path folder;

  private Tensor run(String op, Tensor x, AttributeProto... settings) {
    return Nodes.of().input("x", x.type()).learned(op, "y < x", settings).run(folder, x).tensor();
  }

  private Tensor old(Tensor x, AttributeProto classes) {
    Nodes nodes = Nodes.of().learnedVersion(1).input("x", x.type());
    return nodes.learned("LabelEncoder", "y < x", classes).run(folder, x).tensor();
  }

  @Test
  void names_become_numbers_and_numbers_names() {
    AttributeProto keys = texts("keys_strings", "a", "b");
    Tensor numbers =
        run("LabelEncoder", NAMES, keys, wholes("values_int64s", 7, 8), whole("default_int64", 0));
    assertThat(numbers.toLongs()).containsExactly(8, 0, 7);
    Tensor names =
        run(
            "LabelEncoder",
            numbers,
            wholes("keys_int64s", 8, 7),
            texts("values_strings", "b", "a"),
            text("default_string", "none"));
    assertThat(names).isEqualTo(Tensor.ofTexts(Shape.of(3), "b", "none", "a"));
  }

  @Test
  void nan_is_a_key_and_the_last_of_equal_keys_counts() {
    Tensor x = Tensor.of(Shape.of(4), Float.NaN, -0f, 1, 2);
    Tensor y =
        run(
            "LabelEncoder",
            x,
            floats("keys_floats", Float.NaN, 0, 1, 1),
            floats("values_floats", 5, 6, 7, 8));
    assertThat(y).isEqualTo(Tensor.of(Shape.of(4), 5, 6, 8, -0f));
  }

  @Test
  void classes_of_old_files_count_from_zero_both_ways() {
    AttributeProto classes = texts("classes_strings", "a", "b");
    assertThat(old(NAMES, classes).toLongs()).containsExactly(1, -1, 0);
    Tensor back = old(Tensor.ofLongs(Shape.of(2), 1, 5), classes);
    assertThat(back).isEqualTo(Tensor.ofTexts(Shape.of(2), "b", "_Unused"));
  }

  @Test
  void keys_of_another_type_are_refused() {
    assertThatThrownBy(
            () -> run("LabelEncoder", NAMES, wholes("keys_int64s", 1), wholes("values_int64s", 1)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("keys of int64");
  }

  @Test
  void a_category_is_a_column() {
    AttributeProto categories = texts("cats_strings", "a", "b");
    assertThat(run("OneHotEncoder", NAMES, categories))
        .isEqualTo(Tensor.of(Shape.of(3, 2), 0, 1, 0, 0, 1, 0));
    assertThatThrownBy(() -> run("OneHotEncoder", NAMES, categories, whole("zeros", 0)))
        .isInstanceOf(AxiomException.class)
        .hasMessageContaining("none of the categories");
  }

  @Test
  void missing_numbers_are_replaced_feature_by_feature() {
    Tensor x = Tensor.of(Shape.of(2, 2), Float.NaN, 1, 2, Float.NaN);
    AttributeProto nan =
        AttributeProto.newBuilder().setName("replaced_value_float").setF(Float.NaN).build();
    assertThat(run("Imputer", x, floats("imputed_value_floats", 8, 9), nan))
        .isEqualTo(Tensor.of(Shape.of(2, 2), 8, 1, 2, 9));
    assertThat(
            run(
                "Imputer",
                Tensor.of(Shape.of(2), 3, 4),
                floats("imputed_value_floats", 5),
                three()))
        .isEqualTo(Tensor.of(Shape.of(2), 5, 4));
  }

  private static AttributeProto three() {
    return AttributeProto.newBuilder().setName("replaced_value_float").setF(3).build();
  }

  @Test
  void numbers_above_a_threshold_are_one() {
    AttributeProto half = AttributeProto.newBuilder().setName("threshold").setF(0.5f).build();
    assertThat(run("Binarizer", Tensor.of(Shape.of(3), 0.5f, 0.6f, -1), half).toFloats())
        .containsExactly(0, 1, 0);
  }

  @Test
  void a_map_of_labels_is_the_scores_in_their_order() {
    Tensor scores = Tensor.of(Shape.of(1, 2), 0.25f, 0.75f);
    assertThat(run("ZipMap", scores, wholes("classlabels_int64s", 1, 2)).dtype())
        .isEqualTo(DType.FLOAT32);
    assertThat(run("ZipMap", scores, wholes("classlabels_int64s", 1, 2))).isEqualTo(scores);
  }
}
