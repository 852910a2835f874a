package dev.axiomml.interop.safetensors.file;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.weights.LazyTensor;
import dev.axiomml.interop.weights.StateDict;
import java.util.List;

/** The reader of one safetensors file, mapped. */
public final class SafeTensorsFile {
  private SafeTensorsFile() {}

  /**
   * The tensors of one file that is known to be of this kind.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is another kind or damaged
   */
  public static StateDict read(ModelFile file) {
    if (file.kind() != FileKind.SAFETENSORS) {
      throw file.refused("no safetensors file");
    }
    SafeTensorsHeader header = new SafeTensorsHeader(file.bytes(), file.place());
    List<SafeTensorsHeader.Line> lines = header.lines();
    long start = header.length();
    FileRegion data = file.bytes().part(start, file.bytes().size() - start);
    return StateDict.of(file.place(), lines.stream().map(line -> entry(line, data)).toList());
  }

  private static StateDict.Entry entry(SafeTensorsHeader.Line line, FileRegion data) {
    Shape shape = Shape.of(line.sizes());
    int length = (int) (line.end() - line.begin());
    return new StateDict.Entry(
        List.of(line.name()),
        new LazyTensor(
            Type.of(shape, line.dtype()),
            line,
            () -> TensorMemory.unpacked(shape, line.dtype(), data.bytes(line.begin(), length))));
  }
}
