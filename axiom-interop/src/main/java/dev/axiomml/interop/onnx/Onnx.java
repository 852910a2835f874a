package dev.axiomml.interop.onnx;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.interop.file.FileRefusals;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.save.OnnxWriter;
import dev.axiomml.interop.weights.StateDict;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * ONNX files, read (opsets 1 to 28) and written in plain Java.
 *
 * <pre>{@code
 * Model<?> model = Onnx.load(Path.of("resnet50.onnx"));
 * Onnx.save(model, Path.of("copy.onnx"));
 * }</pre>
 */
public final class Onnx {
  private Onnx() {}

  /**
   * The model in a file, named after it.
   *
   * <p>Inputs and outputs of spatial operators are channels-last, others as in the file; a free
   * first axis of the first input is {@code N}, other free sizes keep the file's names. Parameters
   * are called as their initializers.
   *
   * @param inputs what the inputs look like, in order, where the file does not say it
   * @throws dev.axiomml.core.error.ModelImportException when the file is damaged or newer than the
   *     known operator sets, or listing every node whose operator is not known
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
        () -> new OnnxLoading(OnnxFile.read(source), layout, List.of(inputs)).model());
  }

  /**
   * The tensors that a file holds as initializers, in its order and layouts; weights in files
   * beside it too, results of {@code Constant} nodes not.
   *
   * @throws dev.axiomml.core.error.ModelImportException when the file is another kind or damaged
   */
  public static StateDict stateDict(Path path) {
    return FileRefusals.logged(() -> OnnxFile.read(ModelReader.Source.of(path)).initializers());
  }

  /**
   * The operators of ONNX's standard domain that {@code load} reads, by name. Settings or forms of
   * one that are not known are refused when a file has them.
   */
  public static Set<String> operators() {
    return OnnxRules.names();
  }

  /**
   * The operators of ONNX Runtime's own domain {@code com.microsoft} that {@code load} reads, by
   * name: what its optimiser and its quantiser write. Forms that are not known are refused.
   */
  public static Set<String> runtimeOperators() {
    return OnnxRules.contributed();
  }

  /**
   * The operators of the domain {@code ai.onnx.ml}, in which scikit-learn's models are written,
   * that {@code load} reads, by name. Forms that are not known are refused.
   */
  public static Set<String> learnedOperators() {
    return OnnxRules.learned();
  }

  /**
   * Writes a model, opset 17 or as late as its operators need; images channels-first, as tools
   * expect them.
   *
   * <p>It is the training graph that is written: batch norms stay. Weights beyond 1.5 GB go to a
   * file beside it, {@code NAME.data}.
   *
   * @throws dev.axiomml.core.error.ModelExportException listing every node that ONNX cannot hold,
   *     or when a file cannot be written; nothing is left behind then
   */
  public static void save(Model<?> model, Path path) {
    save(model, path, Layout.AS_FILE);
  }

  /**
   * {@link #save(Model, Path)} with a chosen order of axes of inputs and outputs: {@link
   * Layout#AS_FILE} for channels first, {@link Layout#CHANNELS_LAST} for the model's own.
   */
  public static void save(Model<?> model, Path path, Layout layout) {
    new OnnxWriter(layout, OnnxWriter.INLINE).write(model, path);
  }
}
