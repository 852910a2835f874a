package dev.axiomml.interop;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import java.util.List;

/** Opens the files of PyTorch, ONNX and safetensors, each by the room of its kind. */
public final class FileModelReader implements ModelReader {
  /** For {@link java.util.ServiceLoader}; use {@code Axiom.load}. */
  public FileModelReader() {}

  @Override
  public boolean recognizes(Source source) {
    return ModelFile.of(source).kind().isReadable();
  }

  @Override
  public Model<?> read(Source source, Layout layout, List<InputSpec> inputs) {
    InputSpec[] specs = inputs.toArray(InputSpec[]::new);
    return ModelFile.of(source).kind() == FileKind.ONNX
        ? Onnx.load(source, layout, specs)
        : PyTorch.load(source, layout, specs);
  }
}
