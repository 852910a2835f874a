package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.descriptor.DescriptorReader;
import dev.axiomml.interop.pytorch.export.ExportedProgram;
import dev.axiomml.interop.pytorch.script.ScriptReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Opens files that carry a graph. */
final class GraphFiles {
  private GraphFiles() {}

  static Model<?> load(Path path, Layout layout, List<InputSpec> specs) {
    ModelFile file = ModelFile.readable(path);
    return new Imported(stem(path), file.place(), layout, specs).model(() -> program(file, specs));
  }

  private static Program program(ModelFile file, List<InputSpec> specs) {
    return switch (file.kind()) {
      case EXPORTED, EXPORTED_FLAT ->
          ExportedProgram.read(ZipArchive.open(file.bytes(), file.place()));
      case DESCRIPTOR ->
          DescriptorReader.read(Json.parse(text(file), file.place()), specs.stream().findFirst());
      case TORCH_SCRIPT -> ScriptReader.read(file, specs);
      default -> throw graphless(file);
    };
  }

  private static String text(ModelFile file) {
    return StandardCharsets.UTF_8.decode(file.bytes().bytes()).toString();
  }

  private static ModelImportException graphless(ModelFile file) {
    return file.place()
        .fault(
            "the file holds tensors but no graph",
            "it is " + file.kind().title() + ": " + file.reason(),
            "build the model and call PyTorch.loadInto(model, path), or save it with"
                + " torch.export.save, which writes the graph as well");
  }

  /** The file's name without what follows its last dot. */
  private static String stem(Path path) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
