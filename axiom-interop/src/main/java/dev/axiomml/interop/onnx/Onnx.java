package dev.axiomml.interop.onnx;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import java.nio.file.Path;
import java.util.List;

/**
 * ONNX files, opsets 1 to 27, read in plain Java.
 *
 * <pre>{@code
 * Model<?> model = Onnx.load(Path.of("resnet50.onnx"));
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
    return new Loading(OnnxFile.read(path), layout, List.of(inputs)).model();
  }
}
