package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.file.WeightTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever happens to a file's bytes, reading it answers tensors or a typed refusal. */
class DamagedFilesTest {
  private static final int ROUNDS = 1_000;
  private static final long SEED = 20250615;
  private static final FilePlace PLACE = FilePlace.of(Path.of("damaged.pt"));

  @TestFactory
  Stream<DynamicTest> damaged_files_are_read_or_refused() {
    return Stream.of(
            "mlp/state_dict.pt",
            "residual/state_dict.pt",
            "cnn/module.pt",
            "cnn/trace.pt",
            "mlp/model.safetensors")
        .map(name -> dynamicTest(name, () -> damage(name)));
  }

  private static void damage(String name) throws IOException {
    byte[] whole = resource(name);
    int pickle = Math.max(0, indexOf(whole, "data.pkl"));
    SplittableRandom random = new SplittableRandom(SEED);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = round % 8 == 0 ? cut(whole, random) : flipped(whole, pickle, random);
      refused += isRefused(damaged, "%s, seed %d, round %d".formatted(name, SEED, round)) ? 1 : 0;
    }
    assertThat(refused).as("refused of " + ROUNDS).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  private static boolean isRefused(byte[] bytes, String which) {
    try {
      ModelFile file = ModelFile.of(Path.of("damaged.pt"), FileRegion.of(bytes));
      WeightTensors.of(file).toMap();
      return false;
    } catch (ModelImportException e) {
      assertThat(e.diagnosis().where()).as(which).startsWith(PLACE.text());
      return true;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(which + " was no typed refusal", e);
    }
  }

  private static byte[] cut(byte[] whole, SplittableRandom random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  /** One to four bytes changed, most of them where the structure is: in the pickle, at the end. */
  private static byte[] flipped(byte[] whole, int pickle, SplittableRandom random) {
    byte[] damaged = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at =
          switch (random.nextInt(4)) {
            case 0, 1 -> pickle + random.nextInt(Math.min(1_500, whole.length - pickle));
            case 2 -> whole.length - 1 - random.nextInt(Math.min(1_500, whole.length));
            default -> random.nextInt(whole.length);
          };
      damaged[at] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static int indexOf(byte[] bytes, String word) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(DamagedFilesTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
