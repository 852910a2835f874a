package dev.axiomml.interop.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Named tensors, and the model's own among a checkpoint's. */
class StateDictTest {
  private static final FilePlace PLACE = FilePlace.of(Path.of("file.pt"));

  /** Keys are separated by {@code /}. */
  private static StateDict dict(String... paths) {
    return StateDict.of(
        PLACE,
        Arrays.stream(paths)
            .map(path -> List.of(path.split("/", -1)))
            .map(keys -> new StateDict.Entry(keys, LazyTensor.of(Tensor.scalar(keys.size()))))
            .toList());
  }

  @Test
  void a_wrapped_state_dict_is_found_beside_an_optimizer() {
    StateDict weights =
        dict("epoch_mean", "optimizer/state/0", "state_dict/model.0.weight").weights();

    assertThat(weights.names()).containsExactly("model.0.weight");
  }

  @Test
  void wrappers_inside_of_wrappers_are_opened() {
    assertThat(dict("model/state_dict/a.b").weights().names()).containsExactly("a.b");
  }

  @Test
  void a_plain_state_dict_with_a_submodule_called_model_stays_whole() {
    assertThat(dict("model.weight", "head.weight").weights().names())
        .containsExactly("model.weight", "head.weight");
  }

  @Test
  void prefixes_that_all_names_share_are_taken_off_one_by_one() {
    List<List<String>> spellings =
        dict("module._orig_mod.a", "module._orig_mod.b").spellings().stream()
            .map(StateDict::names)
            .distinct()
            .toList();

    assertThat(spellings)
        .containsExactly(
            List.of("module._orig_mod.a", "module._orig_mod.b"),
            List.of("_orig_mod.a", "_orig_mod.b"),
            List.of("a", "b"));
  }

  @Test
  void two_tensors_of_one_name_are_refused() {
    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> dict("a/b", "a.b"));

    assertThat(refusal.diagnosis().what()).isEqualTo("two tensors named a.b");
    assertThat(refusal.diagnosis().where()).isEqualTo("file.pt");
  }

  @Test
  void a_tensor_is_made_once_and_only_when_it_is_asked_for() {
    AtomicInteger made = new AtomicInteger();
    Tensor tensor = Tensor.scalar(1);
    LazyTensor lazy =
        new LazyTensor(
            tensor.type(),
            tensor,
            () -> {
              made.incrementAndGet();
              return tensor;
            });
    StateDict dict =
        StateDict.of(
            PLACE,
            List.of(
                new StateDict.Entry(List.of("a"), lazy), new StateDict.Entry(List.of("b"), lazy)));

    assertThat(dict.type("a")).contains(tensor.type());
    assertThat(made).hasValue(0);
    assertThat(dict.tensor("a").orElseThrow()).isSameAs(dict.tensor("b").orElseThrow());
    assertThat(made).hasValue(1);
    assertThat(dict.tied()).containsExactly(List.of("a", "b"));
  }
}
