package dev.axiomml.interop.file;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated records, unpacked within limits. */
final class RecordInflation {
  /** Deflate reaches a thousand; weights, text and code stay below ten. */
  private static final long RATIO = 100;

  private static final long ALWAYS = 1L << 20;
  private static final long ALWAYS_IN_ALL = 16L << 20;

  private RecordInflation() {}

  /**
   * Refuses records that claim to unpack to more than is plausible, before anything is unpacked.
   */
  static void check(List<ZipRecord> records, long fileSize, FilePlace place) {
    long room = Math.max(ALWAYS_IN_ALL, RATIO * fileSize);
    for (ZipRecord record : records) {
      if (record.method() == ZipRecord.STORED) {
        continue;
      }
      room -= Math.max(0, record.size());
      long most = Math.max(ALWAYS, RATIO * record.packed());
      if (record.size() < 0 || record.size() > most || room < 0) {
        throw place.fault(
            "record %s would inflate from %d to %d bytes"
                .formatted(record.name(), record.packed(), record.size()),
            "the compression ratio limit is " + RATIO + ": this is a zip bomb or damaged",
            "save the file again with torch.save, which does not compress");
      }
    }
  }

  static FileRegion of(FileRegion packed, ZipRecord record, FilePlace place) {
    long most = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 2);
    if (record.size() > most || packed.size() > most) {
      throw place.fault(
          "record %s inflates to %d bytes".formatted(record.name(), record.size()),
          "the limit is "
              + most
              + " bytes here, half of the heap: compressed records cannot be mapped",
          "save the file again with torch.save, which does not compress, or raise -Xmx");
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.bytes());
      return FileRegion.of(whole(inflater, record, place));
    } catch (DataFormatException e) {
      throw place.fault(
          new Diagnosis(
              "record " + record.name() + " cannot be inflated",
              "",
              "its compressed bytes are damaged: " + e.getMessage(),
              "copy or download the file again"),
          e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] whole(Inflater inflater, ZipRecord record, FilePlace place)
      throws DataFormatException {
    byte[] bytes = new byte[(int) record.size()];
    int filled = 0;
    while (filled < bytes.length && !inflater.finished()) {
      int more = inflater.inflate(bytes, filled, bytes.length - filled);
      if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        break;
      }
      filled += more;
    }
    boolean over = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
    if (filled < bytes.length || over) {
      throw place.fault(
          "record " + record.name() + " does not inflate to its " + bytes.length + " bytes",
          over ? "there is more than the directory says" : "it ended after " + filled,
          "copy or download the file again");
    }
    return bytes;
  }
}
