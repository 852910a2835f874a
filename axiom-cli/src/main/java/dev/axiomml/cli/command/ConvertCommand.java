package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.Descriptor;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code axiom convert}. */
@picocli.CommandLine.Command(
    name = "convert",
    description =
        "Writes a model in another format, chosen by the new file's ending: .onnx, .json or"
            + " .safetensors.")
public final class ConvertCommand extends AxiomSubcommand {
  @Mixin private ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "The new file: .onnx for the network, .json for a descriptor, .safetensors for weights"
              + " with PyTorch's names and layouts.")
  private Path target = Path.of("");

  @Override
  public Integer call() {
    OutputDestination.requireFile("OUT", target);
    Model<?> opened = model.open(Layout.CHANNELS_LAST);
    String ending = target.toString().toLowerCase(Locale.ROOT);
    if (ending.endsWith(".onnx")) {
      Onnx.save(opened, target);
    } else if (ending.endsWith(".json")) {
      Descriptor.save(opened, target);
    } else if (ending.endsWith(".safetensors")) {
      SafeTensors.save(opened, target);
    } else {
      throw new ModelExportException(
          new Diagnosis(
              "no writer for " + target.getFileName(),
              target.toString(),
              "the ending says which format is written: .onnx, .json (descriptor) or .safetensors"
                  + " (weights)",
              "name the file with one of these endings"));
    }
    out().println(target + " written");
    return ExitCodes.OK;
  }
}
