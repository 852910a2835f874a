package dev.axiomml.interop;

import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.interop.weights.StateDict;
import java.nio.file.Path;

/** The tensors in a file of any kind. */
public final class FileTensors {
  private FileTensors() {}

  /**
   * All of them by name. @throws dev.axiomml.core.error.ModelImportException when the file holds
   * none or is damaged
   */
  public static StateDict of(Path path) {
    return ModelFile.readable(path).kind() == FileKind.ONNX
        ? Onnx.stateDict(path)
        : PyTorch.stateDict(path);
  }
}
