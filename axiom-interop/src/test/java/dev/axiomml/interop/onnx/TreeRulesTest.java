package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two trees of one question each: is feature 0 at most 1, is feature 1 at most 2. */
class TreeRulesTest {
  private static final Tensor X = Tensor.of(Shape.of(4, 2), 1, 2, 1.5f, 2, 0, 3, 5, Float.NaN);

  @TempDir Path folder;

  private static List<AttributeProto> trees(String mode, long missing) {
    return new ArrayList<>(
        List.of(
            wholes("nodes_treeids", 0, 0, 0, 1, 1, 1),
            wholes("nodes_nodeids", 0, 1, 2, 0, 1, 2),
            wholes("nodes_featureids", 0, 0, 0, 1, 0, 0),
            floats("nodes_values", 1, 0, 0, 2, 0, 0),
            texts("nodes_modes", mode, "LEAF", "LEAF", mode, "LEAF", "LEAF"),
            wholes("nodes_truenodeids", 1, 0, 0, 1, 0, 0),
            wholes("nodes_falsenodeids", 2, 0, 0, 2, 0, 0),
            wholes("nodes_missing_value_tracks_true", missing, 0, 0, missing, 0, 0)));
  }

  private Tensor regression(List<AttributeProto> trees, AttributeProto... more) {
    trees.addAll(List.of(more));
    trees.addAll(
        List.of(
            wholes("target_treeids", 0, 0, 1, 1),
            wholes("target_nodeids", 1, 2, 1, 2),
            wholes("target_ids", 0, 0, 0, 0),
            floats("target_weights", 1, 2, 10, 20)));
    return ran("TreeEnsembleRegressor", "y < x", trees);
  }

  private Tensor ran(String op, String names, List<AttributeProto> settings) {
    return Nodes.of()
        .input("x", X.type())
        .learned(op, names, settings.toArray(AttributeProto[]::new))
        .run(folder, X)
        .tensor();
  }

  @ParameterizedTest
  @CsvSource({
    "BRANCH_LEQ, 11 12 21 22",
    "BRANCH_LT, 22 22 21 22",
    "BRANCH_GTE, 11 11 12 21",
    "BRANCH_GT, 22 21 12 21",
    "BRANCH_EQ, 11 12 22 22",
    "BRANCH_NEQ, 22 21 11 11"
  })
  void a_row_goes_where_its_numbers_lead(String mode, String sums) {
    Tensor y = regression(trees(mode, 0));
    assertThat(y.toDoubles())
        .containsExactly(Stream.of(sums.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  @Test
  void a_missing_number_goes_to_the_side_that_is_told() {
    assertThat(regression(trees("BRANCH_LEQ", 1)).at(3, 0)).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"SUM, 14", "AVERAGE, 8.5", "MIN, 4", "MAX, 13"})
  void trees_are_put_together_as_told_before_the_base_is_added(String how, double first) {
    Tensor y =
        regression(
            trees("BRANCH_LEQ", 0), text("aggregate_function", how), floats("base_values", 3));
    assertThat(y.at(0, 0)).isEqualTo(first);
  }

  @Test
  void sums_may_go_through_the_inverse_of_the_normal_distribution() throws Exception {
    List<AttributeProto> settings = trees("BRANCH_LEQ", 0);
    settings.addAll(
        List.of(
            text("post_transform", "PROBIT"),
            wholes("target_treeids", 0, 0, 1, 1),
            wholes("target_nodeids", 1, 2, 1, 2),
            wholes("target_ids", 0, 0, 0, 0),
            floats("target_weights", 0.1f, 0.2f, 0.3f, 0.4f),
            whole("n_targets", 1)));
    new Learned(folder, "TreeEnsembleRegressor", "y")
        .run(X, settings.toArray(AttributeProto[]::new));
  }

  private List<AttributeProto> classes(long[] ids, float... weights) {
    List<AttributeProto> all = trees("BRANCH_LEQ", 0);
    all.addAll(
        List.of(
            wholes("class_treeids", 0, 0, 1, 1),
            wholes("class_nodeids", 1, 2, 1, 2),
            wholes("class_ids", ids),
            floats("class_weights", weights)));
    return all;
  }

  @Test
  void the_class_with_the_largest_score_gives_its_name() {
    List<AttributeProto> settings = classes(new long[] {0, 1, 2, 1}, 1, 2, 3, 4);
    settings.add(texts("classlabels_strings", "a", "b", "c"));
    Tensor labels = ran("TreeEnsembleClassifier", "y z < x", settings);
    assertThat(List.of(labels.textAt(0), labels.textAt(1), labels.textAt(2)))
        .containsExactly("c", "c", "b");
  }

  @Test
  void votes_for_one_of_two_classes_are_shares_unless_one_is_negative() {
    List<AttributeProto> shares = classes(new long[4], 0.125f, 0.5f, 0.25f, 0.25f);
    shares.add(wholes("classlabels_int64s", 5, 9));
    assertThat(ran("TreeEnsembleClassifier", "y z < x", shares).toLongs())
        .containsExactly(5, 9, 5, 9);
    List<AttributeProto> weights = classes(new long[4], 0.125f, -0.5f, 0.25f, 0.25f);
    weights.add(wholes("classlabels_int64s", 5, 9));
    assertThat(ran("TreeEnsembleClassifier", "y z < x", weights).toLongs())
        .containsExactly(9, 5, 9, 5);
  }

  @Test
  void scores_of_one_sided_votes_are_told_for_both_classes() {
    List<AttributeProto> settings = classes(new long[4], 1, -2, 0, 0);
    settings.add(wholes("classlabels_int64s", 0, 1));
    settings.add(text("post_transform", "LOGISTIC"));
    Tensor z =
        Nodes.of()
            .input("x", X.type())
            .learned("TreeEnsembleClassifier", "y z < x", settings.toArray(AttributeProto[]::new))
            .load(folder, "z")
            .predictAll(List.of(X))
            .get(0);
    assertThat(z.at(0, 1)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-7));
    assertThat(z.at(1, 0)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-7));
  }

  /** Mutation: the domain left off a node, or its version off the file. */
  @Test
  void a_forest_is_written_as_it_was_read() throws Exception {
    List<AttributeProto> settings = classes(new long[] {0, 1, 2, 1}, 1, 2, 3, 4);
    settings.add(wholes("classlabels_int64s", 5, 6, 7));
    Model<?> model =
        Nodes.of()
            .input("x", X.type())
            .learned("TreeEnsembleClassifier", "y z < x", settings.toArray(AttributeProto[]::new))
            .node("Neg", "n < z")
            .load(folder, "y", "n");
    Path file = folder.resolve("out.onnx");
    Onnx.save(model, file);
    List<Tensor> wanted = model.predictAll(List.of(X));
    assertThat(Onnx.load(file).predictAll(List.of(X))).isEqualTo(wanted);
    assertThat(OtherRuntime.run(file, List.of(X))).isEqualTo(wanted);
  }

  @Test
  void trees_that_do_not_end_are_refused() {
    List<AttributeProto> ring = trees("BRANCH_LEQ", 0);
    ring.set(5, wholes("nodes_truenodeids", 0, 0, 0, 1, 0, 0));
    assertThatThrownBy(() -> regression(ring))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("roots leads to");
    List<AttributeProto> far = trees("BRANCH_LEQ", 0);
    far.set(2, wholes("nodes_featureids", 0, 0, 0, 7, 0, 0));
    assertThatThrownBy(() -> regression(far))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("feature=7");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, Integer.MAX_VALUE})
  void so_many_targets_are_refused(long targets) {
    assertThatThrownBy(() -> regression(trees("BRANCH_LEQ", 0), whole("n_targets", targets)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("n_targets " + targets);
  }

  @Test
  void numbers_beyond_the_range_are_refused() {
    List<AttributeProto> wide = trees("BRANCH_LEQ", 0);
    wide.set(0, wholes("nodes_treeids", 0, 0, 0, 1L << 40, 1, 1));
    assertThatThrownBy(() -> regression(wide))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("nodes_treeids holds " + (1L << 40));
  }
}
