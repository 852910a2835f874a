package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import dev.axiomml.interop.weights.StateDict;
import java.util.Optional;

/**
 * What {@code torch.save} or {@code torch.jit.save} was given, as plain values.
 *
 * @param root the value
 * @param place the file, for errors
 */
public record TorchCheckpoint(PyValue root, FilePlace place) {
  /**
   * Reads a zip, stream or tar container.
   *
   * @throws dev.axiomml.core.error.ModelImportException when the file is another kind, damaged or
   *     hostile
   */
  public static TorchCheckpoint read(ModelFile file) {
    return new TorchCheckpoint(root(file), file.place());
  }

  private static PyValue root(ModelFile file) {
    FileKind kind = file.kind();
    return switch (kind) {
      case TORCH_ZIP, TORCH_SCRIPT -> TorchArchive.open(file.bytes(), file.place()).root();
      case TORCH_STREAM -> TorchLegacy.read(file.bytes(), file.place());
      case TORCH_TAR -> TorchTar.read(file.bytes(), file.place());
      default -> throw file.refused("no PyTorch checkpoint");
    };
  }

  /** All its tensors by name; none where a network has none. */
  public StateDict named() {
    return TensorNaming.of(root, place);
  }

  /**
   * All its tensors by name.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it holds none, or contains itself
   */
  public StateDict tensors() {
    StateDict tensors = named();
    if (tensors.size() == 0) {
      throw place.fault(
          "a checkpoint without a tensor",
          "it holds " + root,
          "save the weights: torch.save(model.state_dict(), path)");
    }
    return tensors;
  }

  /** The module that was saved whole; nothing when it was a dictionary or tensor. */
  public Optional<ModuleTree> module() {
    return ModuleTree.of(root, place);
  }
}
