package dev.axiomml.interop.pytorch.pickle;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;

/**
 * An opcode at its place in a pickle.
 *
 * @param place file and record
 * @param offset byte offset of the opcode in the record
 * @param opcode its name
 */
public record PickleLocation(FilePlace place, long offset, String opcode) {
  /** An import error here. */
  public ModelImportException fault(String what, String why, String fix) {
    return place.in("byte " + offset + ", opcode " + opcode).fault(what, why, fix);
  }

  /** An import error here about a pickle that no {@code torch.save} writes. */
  public ModelImportException damaged(String what, String why) {
    return fault(what, why, "the file is damaged or hostile; get it again from where it was saved");
  }
}
