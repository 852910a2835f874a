package dev.axiomml.interop.pytorch.aten.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are random in training: refused where they draw, read where they cannot. */
class RandomCallsTest {
  private static final AtenItem X = new AtenItem.Ref("x");
  private static final AtenItem YES = new AtenItem.Flag(true);
  private static final AtenItem NO = new AtenItem.Flag(false);

  private static void read(String target, Type input, AtenItem... arguments) {
    List<AtenStep.Argument> list =
        Arrays.stream(arguments).map(item -> new AtenStep.Argument("", item)).toList();
    List<String> results = target.equals("aten::gru") ? List.of("out", "last") : List.of("out");
    AtenStep step =
        new AtenStep("out", CallTarget.of(target), list, results, target.equals("aten::gru"));
    ProgramAssembly.of(
        new AtenProgram(
            List.of(new AtenProgram.Input("x", input)),
            Map.of(),
            List.of(step),
            AtenProgram.nameless(List.of(new AtenItem.Ref("out")))),
        Layout.AS_FILE);
  }

  private static ModelImportException refused(Runnable read) {
    return catchThrowableOfType(ModelImportException.class, read::run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropout", "feature_dropout", "alpha_dropout"})
  void dropout_in_training_is_refused(String target) {
    Type type = Type.float32(Shape.of(2, 3));

    var error = refused(() -> read("aten::" + target, type, X, new AtenItem.Real(0.5), YES));

    assertThat(error.diagnosis().what()).isEqualTo("dropout that drops");
    assertThat(error.diagnosis().where()).isEqualTo("node out (aten::" + target + ")");
    assertThat(error.diagnosis().why()).contains("drawn at random");
    assertThat(error.diagnosis().fix()).contains("model.eval()");
    read("aten::" + target, type, X, new AtenItem.Real(0), YES);
    read("aten::" + target, type, X, new AtenItem.Real(0.5), NO);
  }

  @Test
  void random_slopes_are_refused() {
    Type type = Type.float32(Shape.of(2, 3));

    var error =
        refused(
            () ->
                read("aten::rrelu", type, X, new AtenItem.Real(0.1), new AtenItem.Real(0.3), YES));

    assertThat(error.diagnosis().what()).isEqualTo("rrelu that draws its slopes");
    read("aten::rrelu", type, X, new AtenItem.Real(0.2), new AtenItem.Real(0.2), YES);
  }

  @Test
  void layers_that_drop_between_themselves_are_refused() {
    var error = refused(() -> gru(2, 0.5, YES));

    assertThat(error.diagnosis().what())
        .isEqualTo("a recurrent layer that drops between its layers");
    gru(1, 0.5, YES);
    gru(2, 0, YES);
    gru(2, 0.5, NO);
  }

  private static void gru(int layers, double dropout, AtenItem train) {
    List<AtenItem> weights = new ArrayList<>();
    for (int i = 0; i < 2 * layers; i++) {
      weights.add(new AtenItem.Weight(new Parameter("w" + i, Tensor.full(Shape.of(9, 3), 1))));
    }
    AtenItem first =
        new AtenItem.Weight(new Parameter("h", Tensor.full(Shape.of(layers, 2, 3), 0)));
    read(
        "aten::gru",
        Type.float32(Shape.of(4, 2, 3)),
        X,
        first,
        new AtenItem.Many(weights),
        NO,
        AtenItem.of(layers),
        new AtenItem.Real(dropout),
        train,
        NO,
        NO);
  }
}
