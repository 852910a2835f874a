package dev.axiomml.cli.bench;

import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Another runtime with a model loaded, in a process of its own. */
final class PeerRuntime implements AutoCloseable {
  /**
   * How a peer is started.
   *
   * @param python the Python that has the runtime's package
   * @param name ort, openvino or torch
   * @param model the file that it reads
   * @param threads threads of a prediction
   */
  record Launch(String python, String name, Path model, int threads) {
    List<String> command(Path folder) {
      String script = folder.resolve("peer.py").toString();
      return List.of(
          python, script, name, model.toString(), Integer.toString(threads), folder.toString());
    }
  }

  private final Process process;
  private final BufferedReader answers;
  private final Path folder;
  private final String state;

  private PeerRuntime(Process process, BufferedReader answers, Path folder) throws IOException {
    this.process = process;
    this.answers = answers;
    this.folder = folder;
    this.state = Objects.requireNonNullElse(answers.readLine(), "absent its process ended");
  }

  /** Starts a peer, which predicts once from the inputs; it may say that it is absent. */
  static PeerRuntime start(Launch launch, List<Tensor> inputs, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream script = PeerRuntime.class.getResourceAsStream("peer.py")) {
      Files.copy(Objects.requireNonNull(script), folder.resolve("peer.py"));
    }
    for (int i = 0; i < inputs.size(); i++) {
      Npy.write(inputs.get(i), folder.resolve("in" + i + ".npy"));
    }
    Process process =
        new ProcessBuilder(launch.command(folder))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    return new PeerRuntime(process, process.inputReader(StandardCharsets.UTF_8), folder);
  }

  boolean isReady() {
    return state.startsWith("ready ");
  }

  /** Its version, or the reason why it is absent. */
  String note() {
    return state.substring(state.indexOf(' ') + 1);
  }

  /** The outputs of its first prediction. */
  List<Tensor> outputs() {
    List<Tensor> all = new ArrayList<>();
    for (Path y = output(0); Files.exists(y); y = output(all.size())) {
      all.add(Npy.read(y));
    }
    return all;
  }

  private Path output(int i) {
    return folder.resolve("out" + i + ".npy");
  }

  /** The median of predictions for as long, in milliseconds. */
  double median(double seconds) {
    try {
      process.getOutputStream().write((seconds + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the process of a peer ended: " + process.waitFor());
      }
      return Double.parseDouble(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
