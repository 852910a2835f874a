package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.core.property.Output;
import dev.axiomml.interop.file.FileRefusals;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.bridge.PythonExport;
import dev.axiomml.interop.pytorch.export.ExportedProgram;
import dev.axiomml.interop.pytorch.file.WeightTensors;
import dev.axiomml.interop.weights.ModelWeights;
import dev.axiomml.interop.weights.StateDict;
import java.nio.file.Path;
import java.util.List;

/**
 * PyTorch's files, opened in plain Java: no Python, no libtorch, and no code out of a file ever
 * runs.
 *
 * <pre>{@code
 * Model<?> model = PyTorch.load(Path.of("model.pt2"));
 * StateDict tensors = PyTorch.stateDict(Path.of("checkpoint.ckpt"));
 * Model<?> trained = PyTorch.loadInto(model, Path.of("weights.safetensors"));
 * }</pre>
 */
public final class PyTorch {
  private PyTorch() {}

  /**
   * The model in a file that carries its graph, found by content: exported programs ({@code .pt2}),
   * TorchScript, pickled {@code nn.Sequential}s, descriptors ({@code axiom.pytorch.sequential.v1}).
   * Weights alone open as the one known network whose names and shapes they equal.
   *
   * <p>It is named after the file and computes what PyTorch computes in eval mode. Inputs and
   * outputs of spatial operators are channels-last, others as in the file; a free batch is {@code
   * N}. Parameters keep the file's names ({@code conv1.weight}).
   *
   * <p>Sizes that neither file nor caller tells are symbols; then the sizes are checked when the
   * model predicts.
   *
   * @param inputs what the inputs look like, in order, where the file does not say it
   * @throws dev.axiomml.core.error.ModelImportException when the file is damaged or of another
   *     kind, or listing every operator that is not known, with its nodes
   */
  public static Model<?> load(Path path, InputSpec... inputs) {
    return load(path, Layout.CHANNELS_LAST, inputs);
  }

  /** {@link #load(Path, InputSpec...)} with the axes of inputs and outputs in a chosen order. */
  public static Model<?> load(Path path, Layout layout, InputSpec... inputs) {
    return load(ModelReader.Source.of(path), layout, inputs);
  }

  /** {@link #load(Path, Layout, InputSpec...)} of bytes that may be in memory. */
  public static Model<?> load(ModelReader.Source source, Layout layout, InputSpec... inputs) {
    return FileRefusals.logged(
        () -> GraphFiles.of(ModelFile.readable(source), layout, List.of(inputs)));
  }

  /**
   * The model in a file that only PyTorch's own Python can turn into a graph, e.g. a pickled module
   * of {@code torch.nn}'s layers.
   *
   * <p>Runs the given Python, with PyTorch in it, on the exporter script this jar carries: a child
   * process with an empty environment, a folder of its own, limits on time and output. The file is
   * read as data ({@code weights_only}); classes of the user's need the script run by hand. What
   * comes out is opened by {@link #load(Path, InputSpec...)}. Nothing else calls this: a failed
   * {@code load} never leads here.
   *
   * @param inputs what the inputs look like, in order; without them only an {@code nn.Sequential}
   *     and weights can be written
   * @throws dev.axiomml.core.error.ModelImportException when Python cannot be started, fails,
   *     oversteps a limit or writes no model, with the last lines it printed
   */
  public static Model<?> loadWithPython(Path python, Path model, InputSpec... inputs) {
    try (PythonExport exported = PythonExport.run(python, model, List.of(inputs))) {
      return load(exported.file(), inputs);
    }
  }

  /**
   * All tensors of a file: {@code torch.save} of any age, TorchScript, exported programs,
   * safetensors, or an index of shards; {@link StateDict#weights} finds the model's own among a
   * checkpoint's.
   *
   * <p>Tensors are in PyTorch's layouts and mapped where they lie flat in the file.
   *
   * @throws dev.axiomml.core.error.ModelImportException when the file is another kind, damaged or
   *     hostile
   */
  public static StateDict stateDict(Path path) {
    return FileRefusals.logged(() -> tensors(path));
  }

  private static StateDict tensors(Path path) {
    ModelFile file = ModelFile.readable(path);
    return switch (file.kind()) {
      case EXPORTED, EXPORTED_FLAT -> ExportedProgram.tensors(file);
      default -> requireTensors(path, WeightTensors.of(file));
    };
  }

  /** A checkpoint that holds none, or nothing but itself, is not one. */
  private static StateDict requireTensors(Path path, StateDict tensors) {
    if (tensors.size() == 0) {
      throw new ModelImportException(
          new Diagnosis(
              "a checkpoint without a tensor",
              path.toString(),
              "a checkpoint is a dict of tensors, nested as it may be; this holds none",
              "save the model's own: torch.save(model.state_dict(), path)"));
    }
    return tensors;
  }

  /**
   * The model with the weights of a file, which are put into this library's layouts.
   *
   * <p>Strict: every parameter is in the file with PyTorch's shape, and nothing else is, but for
   * {@code num_batches_tracked}. A checkpoint's wrappers and prefixes are taken off.
   *
   * @throws dev.axiomml.core.error.ModelImportException listing what is missing, unexpected or of
   *     another shape
   */
  public static <O extends Output> Model<O> loadInto(Model<O> model, Path path) {
    return FileRefusals.logged(() -> ModelWeights.into(model, tensors(path)));
  }
}
