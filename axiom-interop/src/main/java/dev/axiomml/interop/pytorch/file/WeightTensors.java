package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.safetensors.file.SafeTensorsFile;
import dev.axiomml.interop.safetensors.file.ShardIndex;
import dev.axiomml.interop.weights.StateDict;

/** The tensors of any file that holds some. */
public final class WeightTensors {
  private WeightTensors() {}

  /**
   * All tensors by name.
   *
   * @throws dev.axiomml.core.error.ModelImportException when the file holds none that can be read
   */
  public static StateDict of(ModelFile file) {
    return switch (file.kind()) {
      case SAFETENSORS -> SafeTensorsFile.read(file);
      case SHARD_INDEX -> ShardIndex.read(file).read(shard -> one(ModelFile.readable(shard)));
      default -> one(file);
    };
  }

  private static StateDict one(ModelFile file) {
    return switch (file.kind()) {
      case SAFETENSORS -> SafeTensorsFile.read(file);
      case TORCH_ZIP, TORCH_STREAM, TORCH_TAR, TORCH_SCRIPT -> TorchCheckpoint.read(file).tensors();
      default -> throw file.refused("no named tensors in " + file.path().getFileName());
    };
  }
}
