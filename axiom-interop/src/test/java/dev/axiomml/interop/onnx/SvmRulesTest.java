package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines of six vectors over three features; all numbers from seed 5. */
class SvmRulesTest {
  private static final int SEED = 5;
  private static final int VECTORS = 6;
  private static final Tensor X = Tensor.random(Shape.of(7, 3), SEED, -2, 2);

  @TempDir Path folder;

  private static float[] some(int count, int seed) {
    return Tensor.random(Shape.of(count), SEED + seed, -1, 1).toFloats();
  }

  /** Settings by name; later ones stand in for earlier ones. */
  private static AttributeProto[] machine(List<AttributeProto> usual, AttributeProto... more) {
    List<AttributeProto> all = new ArrayList<>(List.of(more));
    List<String> stated = all.stream().map(AttributeProto::getName).toList();
    usual.stream().filter(a -> !stated.contains(a.getName())).forEach(all::add);
    return all.toArray(AttributeProto[]::new);
  }

  private static AttributeProto[] classifier(int classes, AttributeProto... more) {
    int pairs = classes * (classes - 1) / 2;
    long[] counts = new long[classes];
    long[] labels = new long[classes];
    for (int i = 0; i < classes; i++) {
      counts[i] = VECTORS / classes;
      labels[i] = 10L + i;
    }
    return machine(
        List.of(
            wholes("classlabels_ints", labels),
            wholes("vectors_per_class", counts),
            floats("support_vectors", some(VECTORS * 3, 1)),
            floats("coefficients", some((classes - 1) * VECTORS, 2)),
            floats("rho", some(pairs, 3)),
            text("kernel_type", "RBF"),
            floats("kernel_params", 0.7f, 0.3f, 3)),
        more);
  }

  private static AttributeProto[] regressor(AttributeProto... more) {
    return machine(
        List.of(
            whole("n_supports", VECTORS),
            floats("support_vectors", some(VECTORS * 3, 1)),
            floats("coefficients", some(VECTORS, 2)),
            floats("rho", 0.2f),
            text("kernel_type", "RBF"),
            floats("kernel_params", 0.7f, 0.3f, 3)),
        more);
  }

  @ParameterizedTest
  @CsvSource({"LINEAR", "POLY", "RBF", "SIGMOID"})
  void each_kernel_gives_what_others_give(String kernel) throws Exception {
    new Learned(folder, "SVMRegressor", "y").run(X, regressor(text("kernel_type", kernel)));
    new Learned(folder, "SVMClassifier", "y z").run(X, classifier(3, text("kernel_type", kernel)));
  }

  @Test
  void many_vectors_of_many_features_are_measured_block_by_block() throws Exception {
    int vectors = 600;
    int features = 500;
    Tensor x = Tensor.random(Shape.of(2, features), SEED, -1, 1);
    new Learned(folder, "SVMRegressor", "y")
        .run(
            x,
            regressor(
                whole("n_supports", vectors),
                floats("support_vectors", some(vectors * features, 7)),
                floats("coefficients", some(vectors, 8)),
                floats("kernel_params", 0.002f, 0, 0)));
  }

  @ParameterizedTest
  @CsvSource({"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"})
  void scores_of_pairs_have_a_last_function(String after) throws Exception {
    new Learned(folder, "SVMClassifier", "y z")
        .run(X, classifier(3, text("post_transform", after)));
  }

  @ParameterizedTest
  @CsvSource({"NONE", "LOGISTIC"})
  void two_classes_have_two_scores(String after) throws Exception {
    List<Tensor> out =
        new Learned(folder, "SVMClassifier", "y z")
            .run(X, classifier(2, text("post_transform", after)));
    assertThat(out.get(1).shape()).isEqualTo(Shape.of(7, 2));
  }

  @ParameterizedTest
  @CsvSource({"2, NONE", "3, NONE", "6, NONE", "3, SOFTMAX", "3, PROBIT", "2, LOGISTIC"})
  void probabilities_are_put_together_from_those_of_pairs(int classes, String after)
      throws Exception {
    int pairs = classes * (classes - 1) / 2;
    List<Tensor> out =
        new Learned(folder, "SVMClassifier", "y z")
            .run(
                X,
                classifier(
                    classes,
                    text("post_transform", after),
                    floats("prob_a", some(pairs, 4)),
                    floats("prob_b", some(pairs, 5))));
    if (after.equals("NONE")) {
      for (int row = 0; row < 7; row++) {
        double[] shares = out.get(1).slice(row, row + 1).toDoubles();
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void labels_may_be_texts_and_features_whole_numbers() throws Exception {
    AttributeProto[] names =
        Stream.of(classifier(3, texts("classlabels_strings", "a", "b", "c")))
            .filter(a -> !a.getName().equals("classlabels_ints"))
            .toArray(AttributeProto[]::new);
    Tensor whole = Tensor.ofLongs(Shape.of(2, 3), 1, -2, 0, 0, 1, 1);
    assertThat(new Learned(folder, "SVMClassifier", "y z").run(whole, names).get(0).dtype())
        .isEqualTo(DType.STRING);
  }

  @Test
  void one_class_is_inside_or_outside() throws Exception {
    Tensor y =
        new Learned(folder, "SVMRegressor", "y")
            .run(X, regressor(whole("one_class", 1), floats("rho", -0.1f)))
            .get(0);
    assertThat(y.toFloats()).contains(1, -1);
  }

  /** So bounds and gradients follow from its operators. */
  @Test
  void a_machine_is_made_of_operators_that_have_bounds() {
    new Learned(folder, "SVMRegressor", "y").alone(X, regressor());
    assertThat(Onnx.load(Nodes.file(folder)).inference().nodes())
        .extracting(Node::op)
        .noneMatch(op -> op instanceof RunOp);
  }

  @Test
  void probabilities_are_not_written() {
    AttributeProto slope = floats("prob_a", some(3, 4));
    AttributeProto start = floats("prob_b", some(3, 5));
    new Learned(folder, "SVMClassifier", "y z").alone(X, classifier(3, slope, start));
    Model<?> model = Onnx.load(Nodes.file(folder));
    assertThatThrownBy(() -> Onnx.save(model, folder.resolve("out.onnx")))
        .isInstanceOf(ModelExportException.class)
        .hasMessageContaining("coupled pairs");
  }

  @Test
  void what_is_written_of_a_machine_computes_alike() throws Exception {
    Tensor y = new Learned(folder, "SVMRegressor", "y").alone(X, regressor()).get(0);
    Path out = folder.resolve("out.onnx");
    Onnx.save(Onnx.load(Nodes.file(folder)), out);
    assertThat(OtherRuntime.run(out, List.of(X)).get(0).toFloats())
        .containsExactly(y.toFloats(), within(1e-6f));
  }

  @Test
  void without_vectors_features_are_weighed() throws Exception {
    new Learned(folder, "SVMRegressor", "y")
        .run(
            X,
            regressor(
                whole("n_supports", 0),
                floats("support_vectors"),
                floats("coefficients", 1, 2, -1)));
    new Learned(folder, "SVMClassifier", "y z")
        .run(
            X,
            classifier(
                3,
                wholes("vectors_per_class"),
                floats("coefficients", some(9, 6)),
                floats("rho", 0.3f)));
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("kernel_type", text("kernel_type", "CHI2")),
        Arguments.of("kernel_params", floats("kernel_params", 1)),
        Arguments.of("support_vectors", floats("support_vectors", 1, 2, 3)),
        Arguments.of("support_vectors", floats("support_vectors")),
        Arguments.of("coefficients", floats("coefficients", 1)),
        Arguments.of("rho", floats("rho")),
        Arguments.of("rho", floats("rho", 1, 2, 3, 4)),
        Arguments.of("post_transform", text("post_transform", "EXP")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void settings_that_do_not_fit_are_named(String attribute, AttributeProto wrong) {
    refused("SVMClassifier", attribute, classifier(3, wrong));
    refused("SVMRegressor", attribute, regressor(wrong));
  }

  private static Stream<Arguments> classifierFaults() {
    return Stream.of(
        Arguments.of("vectors_per_class", wholes("vectors_per_class", 6)),
        Arguments.of("vectors_per_class", wholes("vectors_per_class", 0, 0, 0)),
        Arguments.of("vectors_per_class", wholes("vectors_per_class", 7, -1, 0)),
        Arguments.of("vectors_per_class", wholes("vectors_per_class", 1L << 40, 0, 0)),
        Arguments.of("prob_a", floats("prob_a", 1, 2, 3)),
        Arguments.of("labels", wholes("classlabels_ints")),
        Arguments.of("classlabels", wholes("classlabels_ints", 1)),
        Arguments.of("texts", texts("classlabels_strings", "a", "b", "c")));
  }

  @ParameterizedTest
  @MethodSource("classifierFaults")
  void classes_that_do_not_fit_are_named(String attribute, AttributeProto wrong) {
    refused("SVMClassifier", attribute, classifier(3, wrong));
  }

  @Test
  void what_programs_pass_over_is_refused() {
    refused("SVMRegressor", "post_transform", regressor(text("post_transform", "LOGISTIC")));
    refused("SVMClassifier", "post_transform", classifier(2, text("post_transform", "SOFTMAX")));
    refused("SVMClassifier", "vectors_per_class", classifier(2, wholes("vectors_per_class")));
    refused("SVMRegressor", "n_supports", regressor(whole("n_supports", -1)));
    refused(
        "SVMClassifier",
        "vectors_per_class",
        classifier(2, wholes("vectors_per_class", Integer.MAX_VALUE, 1)));
  }

  @Test
  void rows_without_features_are_refused() {
    Tensor none = Tensor.zeros(Shape.of(2, 0));
    AttributeProto[] settings = regressor(floats("support_vectors"));
    assertThatThrownBy(() -> new Learned(folder, "SVMRegressor", "y").alone(none, settings))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("support_vectors of 6×0");
  }

  private void refused(String op, String attribute, AttributeProto... settings) {
    String outputs = op.equals("SVMClassifier") ? "y z" : "y";
    assertThatThrownBy(() -> new Learned(folder, op, outputs).alone(X, settings))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(attribute);
  }
}
