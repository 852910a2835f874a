package dev.axiomml.interop.safetensors;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.FileRefusals;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.safetensors.file.SafeTensorsFile;
import dev.axiomml.interop.safetensors.file.SafeTensorsWriting;
import dev.axiomml.interop.safetensors.file.ShardIndex;
import dev.axiomml.interop.weights.ModelWeights;
import java.nio.file.Path;
import java.util.Map;

/**
 * Hugging Face's safetensors files, one or a set of shards.
 *
 * <p>Strict: tensors cover the file without holes and overlaps, and sizes agree with shapes. The
 * element types of {@link dev.axiomml.core.tensor.DType} are read and written, all little-endian;
 * 8-bit floats are refused.
 *
 * <pre>{@code
 * Map<String, Tensor> weights = SafeTensors.load(Path.of("model.safetensors"));
 * SafeTensors.save(model, Path.of("copy.safetensors"));
 * }</pre>
 */
public final class SafeTensors {
  private SafeTensors() {}

  /**
   * All tensors by name, in the file's order, mapped; of a file or of an {@code *.index.json} with
   * its shards.
   *
   * @throws dev.axiomml.core.error.ModelImportException when a file is another kind or damaged
   */
  public static Map<String, Tensor> load(Path path) {
    return FileRefusals.logged(() -> tensors(path));
  }

  private static Map<String, Tensor> tensors(Path path) {
    ModelFile file = ModelFile.readable(path);
    return file.kind() == FileKind.SHARD_INDEX
        ? ShardIndex.read(file)
            .read(shard -> SafeTensorsFile.read(ModelFile.readable(shard)))
            .toMap()
        : SafeTensorsFile.read(file).toMap();
  }

  /**
   * Writes a model's weights under PyTorch's names and in PyTorch's layouts: linear (out, in),
   * convolution (out, in / groups, kernel…).
   *
   * @throws dev.axiomml.core.error.ModelExportException when the file cannot be written
   */
  public static void save(Model<?> model, Path path) {
    save(ModelWeights.toFile(model), path);
  }

  /**
   * Writes tensors as they are; the file is written aside and moved into place.
   *
   * @throws dev.axiomml.core.error.ModelExportException when a tensor is text, a name is reserved,
   *     or the file cannot be written
   */
  public static void save(Map<String, Tensor> tensors, Path path) {
    new SafeTensorsWriting(tensors, path).write();
  }
}
