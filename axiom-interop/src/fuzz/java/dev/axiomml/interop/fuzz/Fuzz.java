package dev.axiomml.interop.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the fuzzer on one reader: {@code Fuzz Pickle 60}, the reader and the seconds. */
public final class Fuzz {
  private static final Path FOLDER = Path.of("target/fuzz").toAbsolutePath();
  private static final String CHECKPOINT = "cnn/state_dict.pt";
  private static final String TENSORS = "cnn/model.safetensors";

  private static final Map<String, List<byte[]>> SEEDS =
      Map.of(
          "Pickle", List.of(Fixtures.record(CHECKPOINT, "state_dict/data.pkl")),
          "Checkpoint", List.of(Fixtures.file(CHECKPOINT), Fixtures.file(TENSORS)),
          "Zip", List.of(Fixtures.file(CHECKPOINT), Fixtures.file(ExportFuzz.ARCHIVE)),
          "SafeTensors", List.of(Fixtures.file(TENSORS)),
          "Export", List.of(Fixtures.record(ExportFuzz.ARCHIVE, ExportFuzz.RECORD)),
          "Script", List.of(Fixtures.record(ScriptFuzz.ARCHIVE, ScriptFuzz.RECORD)),
          "Onnx", Fixtures.onnx());

  private Fuzz() {}

  /**
   * Fuzzes one reader for some seconds; the process ends with another code than zero on a finding.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String target = arguments[0];
    if (target.equals("OnnxNodes")) {
      OnnxNodesFuzz.main(new String[] {arguments[1], arguments[2]});
      return;
    }
    if (!SEEDS.containsKey(target)) {
      throw new IllegalArgumentException(target + " is none of " + SEEDS.keySet());
    }
    Path seeds = Files.createDirectories(FOLDER.resolve(target + "-seeds"));
    Path corpus = Files.createDirectories(FOLDER.resolve(target + "-corpus"));
    for (int i = 0; i < SEEDS.get(target).size(); i++) {
      Files.write(seeds.resolve("seed" + i), SEEDS.get(target).get(i));
    }
    Jazzer.main(
        new String[] {
          "--target_class=dev.axiomml.interop.fuzz." + target + "Fuzz",
          "--instrumentation_includes=dev.axiomml.interop.**",
          "--reproducer_path=" + FOLDER,
          "-artifact_prefix=" + FOLDER + "/",
          "-max_total_time=" + arguments[1],
          "-timeout=10",
          "-max_len=65536",
          corpus.toString(),
          seeds.toString()
        });
  }
}
