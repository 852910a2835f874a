package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that state no types and ask for sizes that are free. */
class SpecializedProgramTest {
  private static final Tensor WEIGHT = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);

  private static AtenItem.Ref ref(String name) {
    return new AtenItem.Ref(name);
  }

  private static Model<?> model(AtenItem... squeezed) {
    Type x = Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2)));
    AtenProgram program =
        new AtenProgram(
            List.of(new AtenProgram.Input("x", x)),
            Map.of("w", new AtenItem.Weight(new Parameter("w", WEIGHT))),
            List.of(
                AtenStep.of("m", "torch.ops.aten.mm.default", ref("x"), ref("w")),
                AtenStep.of("s", "torch.ops.aten.squeeze" + overload(squeezed), items(squeezed)),
                AtenStep.of("y", "torch.ops.aten.softmax.int", ref("s"), AtenItem.of(0))),
            AtenProgram.nameless(List.of(ref("y"))));
    FilePlace place = FilePlace.of(Path.of("trace.pt"));
    return new ImportedProgram("trace", place, Layout.AS_FILE, List.of()).model(() -> program);
  }

  private static String overload(AtenItem... squeezed) {
    return squeezed.length == 0 ? ".default" : ".dim";
  }

  private static AtenItem[] items(AtenItem... squeezed) {
    return squeezed.length == 0
        ? new AtenItem[] {ref("m")}
        : new AtenItem[] {ref("m"), squeezed[0]};
  }

  @Test
  void a_batch_of_one_loses_its_axis_where_the_call_drops_what_is_1() {
    for (Model<?> model : List.of(model(), model(AtenItem.of(0)))) {
      assertThat(model.isForAllSizes()).isFalse();
      Tensor one = Tensor.of(Shape.of(1, 2), 0, 0);
      Tensor two = Tensor.of(Shape.of(2, 2), 0, 0, 0, 0);
      Tensor half = Tensor.of(Shape.of(2), 0.5f, 0.5f);
      assertThat(model.predict(one)).isEqualTo(half);
      assertThat(model.predict(two).shape()).isEqualTo(Shape.of(2, 2));
      try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
        assertThat(compiled.predict(one)).isEqualTo(half);
      }
    }
  }

  @Test
  void an_axis_that_is_known_to_be_longer_waits_for_nothing() {
    Model<?> model = model(AtenItem.of(1));
    assertThat(model.isForAllSizes()).isTrue();
    assertThat(model.predict(Tensor.of(Shape.of(1, 2), 0, 0)).shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void its_weights_are_known_and_replaced_in_every_graph() {
    Model<?> model = model();
    assertThat(model.parameters()).extracting(Parameter::name).containsExactly("w");
    Type one = Type.float32(Shape.of(1, 2));
    assertThat(model.specialized(List.of(one)).parameters().get(0).tensor()).isSameAs(WEIGHT);
    Tensor other = Tensor.zeros(Shape.of(2, 2));
    Model<?> changed = model.withParameters(w -> new Parameter(w.name(), other));
    assertThat(changed.predict(Tensor.of(Shape.of(1, 2), 5, 7)))
        .isEqualTo(Tensor.of(Shape.of(2), 0.5f, 0.5f));
  }

  @Test
  void sizes_that_do_not_fit_are_refused_at_the_call_that_is_wrong() {
    AtenProgram program =
        new AtenProgram(
            List.of(new AtenProgram.Input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(3))))),
            Map.of("w", new AtenItem.Weight(new Parameter("w", WEIGHT))),
            List.of(
                AtenStep.of("s", "torch.ops.aten.squeeze.default", ref("x")),
                AtenStep.of("m", "torch.ops.aten.mm.default", ref("s"), ref("w"))),
            AtenProgram.nameless(List.of(ref("m"))));
    FilePlace place = FilePlace.of(Path.of("trace.pt"));
    ImportedProgram imported = new ImportedProgram("trace", place, Layout.AS_FILE, List.of());
    assertThatThrownBy(() -> imported.model(() -> program))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).contains("size N is symbolic");
              assertThat(e.diagnosis().where()).contains("trace.pt", "node s");
              assertThat(e.diagnosis().why()).contains("needs the size as a number");
              assertThat(e.diagnosis().fix()).contains("--input-shape");
            });
  }
}
