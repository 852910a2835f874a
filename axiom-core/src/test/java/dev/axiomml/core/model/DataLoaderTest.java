package dev.axiomml.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLoaderTest {
  private static final int SAMPLES = 11;
  private final Tensor images =
      Tensor.ofDoubles(
          Shape.of(SAMPLES, 2, 1),
          DType.FLOAT32,
          IntStream.range(0, 2 * SAMPLES).asDoubleStream().toArray());
  private final Tensor labels =
      Tensor.ofLongs(Shape.of(SAMPLES), LongStream.range(0, SAMPLES).toArray());
  private final DataLoader loader = DataLoader.of(images, labels);

  private static List<Long> seen(Iterable<DataLoader.Batch> batches) {
    List<Long> seen = new ArrayList<>();
    for (DataLoader.Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        long label = batch.labels().longAt(i);
        assertThat(batch.images().at(i, 0, 0)).isEqualTo(2.0 * label);
        assertThat(batch.images().at(i, 1, 0)).isEqualTo(2.0 * label + 1);
        seen.add(label);
      }
    }
    return seen;
  }

  @Test
  void without_settings_there_is_one_batch_in_order() {
    assertThat(loader.batches()).isEqualTo(1);
    assertThat(loader.iterator().next().images()).isEqualTo(images);
  }

  @Test
  void the_last_batch_holds_what_is_left() {
    List<Integer> sizes = new ArrayList<>();
    loader.batchSize(4).forEach(batch -> sizes.add(batch.size()));
    assertThat(sizes).containsExactly(4, 4, 3);
    assertThat(loader.batchSize(4).batches()).isEqualTo(3);
  }

  @Test
  void shuffling_gives_every_sample_once_with_its_own_label() {
    List<Long> seen = seen(loader.batchSize(4).shuffle(3).epoch(2));
    assertThat(seen).doesNotHaveDuplicates().hasSize(SAMPLES).isNotEqualTo(seen(loader));
  }

  @Test
  void an_epoch_has_the_same_order_each_time_and_another_than_the_next() {
    DataLoader shuffled = loader.batchSize(5).shuffle(3);
    assertThat(seen(shuffled.epoch(1))).isEqualTo(seen(shuffled.epoch(1)));
    assertThat(seen(shuffled.epoch(1))).isNotEqualTo(seen(shuffled.epoch(0)));
    assertThat(seen(shuffled)).isEqualTo(seen(shuffled.epoch(0)));
    assertThat(seen(shuffled)).isNotEqualTo(seen(loader.shuffle(4)));
  }

  @Test
  void settings_leave_the_loader_they_were_asked_of() {
    loader.batchSize(2).shuffle(1);
    assertThat(loader.batches()).isEqualTo(1);
  }

  @Test
  void npy_files_are_read(@TempDir Path folder) {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(images, x);
    Npy.write(labels, y);
    assertThat(seen(DataLoader.of(x, y).batchSize(3).shuffle(5))).hasSize(SAMPLES);
  }

  @Test
  void other_numbers_of_labels_than_images_are_refused() {
    assertThatThrownBy(() -> DataLoader.of(images, labels.slice(0, 10)))
        .isInstanceOfSatisfying(
            ShapeException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("images 11×2×1 with labels 10");
              assertThat(e.diagnosis().where()).isEqualTo("DataLoader.of");
              assertThat(e.diagnosis().why()).contains("first axis");
              assertThat(e.diagnosis().fix()).contains("as many labels as images");
            });
  }
}
