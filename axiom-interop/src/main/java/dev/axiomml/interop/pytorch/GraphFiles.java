package dev.axiomml.interop.pytorch;

import dev.axiomml.core.model.FileWeights;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.layout.FileOrder;
import dev.axiomml.interop.pytorch.descriptor.DescriptorReader;
import dev.axiomml.interop.pytorch.export.ExportedProgram;
import dev.axiomml.interop.pytorch.file.ModuleTree;
import dev.axiomml.interop.pytorch.file.TorchCheckpoint;
import dev.axiomml.interop.pytorch.layer.ModuleReader;
import dev.axiomml.interop.pytorch.script.ScriptReader;
import dev.axiomml.interop.weights.StateDict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens files that carry a graph. */
final class GraphFiles {
  private GraphFiles() {}

  static Model<?> of(ModelFile file, Layout layout, List<InputSpec> specs) {
    ImportedProgram imported = new ImportedProgram(stem(file.path()), file.place(), layout, specs);
    return switch (file.kind()) {
      case EXPORTED, EXPORTED_FLAT ->
          kept(imported.model(() -> ExportedProgram.read(file)), ExportedProgram.tensors(file));
      case DESCRIPTOR ->
          imported.model(
              () ->
                  DescriptorReader.read(LocatedJson.parse(text(file), file.place()), first(specs)));
      case TORCH_SCRIPT ->
          kept(
              imported.model(() -> ScriptReader.read(file, specs)),
              TorchCheckpoint.read(file).named());
      case TORCH_ZIP, TORCH_STREAM, TORCH_TAR -> pickled(file, imported);
      default -> known(file, layout);
    };
  }

  /** A module where the file holds one, else weights only. */
  private static Model<?> pickled(ModelFile file, ImportedProgram imported) {
    TorchCheckpoint checkpoint = TorchCheckpoint.read(file);
    Optional<ModuleTree> module = checkpoint.module();
    return module.isPresent()
        ? kept(
            imported.model(() -> ModuleReader.read(module.get(), batch(imported.specs()))),
            checkpoint.named())
        : known(file, imported.layout());
  }

  private static Model<?> known(ModelFile file, Layout layout) {
    Model<?> model = KnownNetworks.of(file);
    return layout == Layout.AS_FILE ? FileOrder.of(model) : model;
  }

  /** A model that remembers the tensors of its file. */
  private static <O extends Output> Model<O> kept(Model<O> model, StateDict tensors) {
    return model.of(new FileWeights(tensors.toMap(), model.parameters()));
  }

  private static Optional<InputSpec> first(List<InputSpec> specs) {
    return specs.stream().findFirst();
  }

  private static Optional<Type> batch(List<InputSpec> specs) {
    return first(specs).map(spec -> spec.inFileOrder(Dim.symbol("N")));
  }

  private static String text(ModelFile file) {
    return StandardCharsets.UTF_8.decode(file.bytes().bytes()).toString();
  }

  /** The file's name without what follows its last dot. */
  private static String stem(Path path) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
