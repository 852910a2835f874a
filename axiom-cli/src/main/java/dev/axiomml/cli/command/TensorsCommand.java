package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.FileTensors;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom tensors}. */
@picocli.CommandLine.Command(
    name = "tensors",
    description = "Lists the tensors of any file: name, type and shape.")
public final class TensorsCommand extends AxiomSubcommand {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "Weights: PyTorch's zip, legacy or tar file, .pt2, ONNX, safetensors or its" + " index.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each tensor as NAME.npy; a / in a name becomes %%2F.")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() {
    folder.ifPresent(target -> OutputDestination.requireFolder("--out", target));
    Map<String, Tensor> tensors = FileTensors.of(file).toMap();
    int width = tensors.keySet().stream().mapToInt(String::length).max().orElse(0);
    tensors.forEach(
        (name, tensor) ->
            out().println(String.format("%-" + Math.max(1, width) + "s  %s", name, tensor.type())));
    folder.ifPresent(target -> write(tensors, target));
    return ExitCodes.OK;
  }

  private static void write(Map<String, Tensor> tensors, Path target) {
    tensors.forEach(
        (name, tensor) -> Npy.write(tensor, target.resolve(name.replace("/", "%2F") + ".npy")));
  }
}
