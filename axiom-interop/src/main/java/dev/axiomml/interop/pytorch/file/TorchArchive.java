package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PickleReader;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.Optional;

/**
 * PyTorch's zip container: one folder with pickles and the storages they refer to; both {@code
 * torch.save} and {@code torch.jit.save} write it.
 */
public final class TorchArchive {
  private final ZipArchive zip;
  private final String folder;
  private final long size;

  private TorchArchive(ZipArchive zip, String folder, long size) {
    this.zip = zip;
    this.folder = folder;
    this.size = size;
  }

  /**
   * Opens a container.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is damaged or has not exactly one
   *     {@code data.pkl}
   */
  public static TorchArchive open(FileRegion file, FilePlace place) {
    return of(ZipArchive.open(file, place), file.size());
  }

  /** The container in an archive that is open already. */
  public static TorchArchive of(ZipArchive zip, long size) {
    List<String> roots =
        zip.names().stream().filter(n -> n.matches("([^/]+/)?data\\.pkl")).toList();
    if (roots.size() != 1) {
      throw zip.place()
          .fault(
              roots.isEmpty() ? "no record data.pkl" : "several records data.pkl: " + roots,
              "a checkpoint has one, in its only folder",
              "save the file again with torch.save");
    }
    String root = roots.get(0);
    return new TorchArchive(zip, root.substring(0, root.length() - "data.pkl".length()), size);
  }

  /** The archive. */
  public ZipArchive zip() {
    return zip;
  }

  /** What all record names begin with: the folder and {@code /}, or nothing. */
  public String folder() {
    return folder;
  }

  /** The root value: what was given to {@code torch.save}. */
  public PyValue root() {
    return load("data.pkl", "data");
  }

  /**
   * A pickle of the container.
   *
   * @param pickle its record below the folder, such as {@code constants.pkl}
   * @param storages the folder of the storages it refers to, such as {@code constants}
   */
  public PyValue load(String pickle, String storages) {
    FilePlace place = zip.place().in(folder + pickle);
    boolean bigEndian = isBigEndian();
    StorageIds environment =
        new StorageIds(
            (key, type, bytes, site) ->
                storage(new Wanted(folder + storages + "/" + key, type, bytes), bigEndian, site),
            new CopyBudget(size));
    return new PickleReader(environment).load(zip.record(folder + pickle).bytes(), place);
  }

  /**
   * A pickle of which only types and sizes of tensors are true: PyTorch leaves out the elements of
   * the inputs that a trace was made with.
   */
  public PyValue outline(String pickle) {
    FilePlace place = zip.place().in(folder + pickle);
    StorageIds environment =
        new StorageIds(
            (key, type, bytes, site) ->
                new TorchStorage(type, bytes, () -> FileRegion.of(new byte[0]), false),
            new CopyBudget(size));
    return new PickleReader(environment).load(zip.record(folder + pickle).bytes(), place);
  }

  private record Wanted(String record, Optional<DType> type, long bytes) {}

  private TorchStorage storage(Wanted wanted, boolean bigEndian, PickleLocation site) {
    long held =
        zip.size(wanted.record)
            .orElseThrow(
                () ->
                    site.damaged(
                        "record " + wanted.record + " is missing",
                        "the pickle refers to a storage that the archive does not have"));
    if (held < wanted.bytes) {
      throw site.damaged(
          "storage %s of %d bytes".formatted(wanted.record, held),
          "the pickle says it has " + wanted.bytes);
    }
    return new TorchStorage(
        wanted.type, wanted.bytes, StorageIds.once(() -> zip.record(wanted.record)), bigEndian);
  }

  private boolean isBigEndian() {
    String record = folder + "byteorder";
    String order = zip.has(record) ? zip.text(record).strip() : "little";
    if (!order.equals("little") && !order.equals("big")) {
      throw zip.place()
          .fault(
              "byte order '" + order + "'", "it is little or big", "save it again with torch.save");
    }
    return order.equals("big");
  }
}
