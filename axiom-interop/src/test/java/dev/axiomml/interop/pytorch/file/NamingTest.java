package dev.axiomml.interop.pytorch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names say where a tensor is, and there is an end to them. */
class NamingTest {
  private static final FilePlace PLACE = FilePlace.of(Path.of("file.pt"));

  private static PyValue pair(PyValue value) {
    return PyItems.of(PyItems.Kind.LIST, List.of(value, value));
  }

  private static TensorView four() {
    TorchStorage storage = TorchStorage.of(DType.FLOAT32, FileRegion.of(new byte[16]));
    return TensorView.of(
        storage, DType.FLOAT32, TensorView.Layout.dense(4), new PickleLocation(PLACE, 0, "REDUCE"));
  }

  @Test
  void positions_in_lists_are_names_and_a_bare_tensor_has_none() {
    assertThat(TensorNaming.of(four(), PLACE).names()).containsExactly("");
    assertThat(TensorNaming.of(pair(pair(four())), PLACE).names())
        .containsExactly("0.0", "0.1", "1.0", "1.1");
  }

  @Test
  void lists_that_double_and_double_are_refused_before_they_fill_the_heap() {
    PyValue doubled = four();
    for (int i = 0; i < 60; i++) {
      doubled = pair(doubled);
    }
    PyValue root = doubled;

    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> TensorNaming.of(root, PLACE));

    assertThat(refusal.diagnosis().what()).contains("more than 2000000 names");
    assertThat(refusal.diagnosis().where()).isEqualTo("file.pt");
  }
}
