package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The central directory of a zip archive, with ZIP64.
 *
 * <p>Reads what the end of the file says and nothing else; {@link ZipArchive} compares it with the
 * local headers.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END_SIZE = 22;
  private static final int LARGEST_COMMENT = 0xffff;
  private static final long SATURATED = 0xffffffffL;
  private static final long MOST_BYTES = 256L << 20;

  private final FileRegion file;
  private final FilePlace place;

  ZipDirectory(FileRegion file, FilePlace place) {
    this.file = file;
    this.place = place;
  }

  /** Where the directory lies and how many records it holds. */
  record Extent(long start, long size, long count) {}

  List<ZipRecord> records(Extent extent) {
    ByteBuffer bytes = file.bytes(extent.start(), (int) extent.size());
    List<ZipRecord> records = new ArrayList<>();
    for (long i = 0; i < extent.count(); i++) {
      records.add(record(bytes));
    }
    if (bytes.hasRemaining()) {
      throw broken("the central directory holds more than its " + extent.count() + " records");
    }
    return records;
  }

  Extent extent() {
    long end = end();
    ByteBuffer tail = file.bytes(end, END_SIZE);
    Extent plain =
        new Extent(
            tail.getInt(16) & SATURATED,
            tail.getInt(12) & SATURATED,
            tail.getShort(10) & LARGEST_COMMENT);
    if (end >= 20 && file.bytes(end - 20, 20).getInt(0) == LOCATOR_64) {
      return large(end - 20);
    }
    return checked(plain, end);
  }

  private long end() {
    int length = (int) Math.min(file.size(), END_SIZE + LARGEST_COMMENT);
    long start = file.size() - length;
    ByteBuffer tail = file.bytes(start, length);
    for (int at = length - END_SIZE; at >= 0; at--) {
      boolean found = tail.getInt(at) == END;
      if (found && (tail.getShort(at + 20) & LARGEST_COMMENT) == length - at - END_SIZE) {
        return start + at;
      }
    }
    throw place.fault(
        "the zip archive is truncated",
        "its end, where the central directory is, is missing: a copy or download was cut",
        "copy or download the file again");
  }

  private Extent large(long locator) {
    long at = file.bytes(locator, 20).getLong(8);
    if (!file.holds(at, 56) || at + 56 > locator) {
      throw broken("the ZIP64 locator points outside of the file");
    }
    ByteBuffer end = file.bytes(at, 56);
    if (end.getInt(0) != END_64) {
      throw broken("there is no ZIP64 record where its locator points");
    }
    return checked(new Extent(end.getLong(48), end.getLong(40), end.getLong(32)), at);
  }

  private Extent checked(Extent extent, long end) {
    boolean inside = file.holds(extent.start(), extent.size()) && extent.size() <= MOST_BYTES;
    if (!inside || extent.start() + extent.size() != end) {
      throw broken("the central directory is not where the end of the file says");
    }
    if (extent.count() < 0 || extent.count() > extent.size() / 46) {
      throw broken("the central directory is too small for " + extent.count() + " records");
    }
    return extent;
  }

  private ZipRecord record(ByteBuffer bytes) {
    int at = bytes.position();
    if (bytes.remaining() < 46 || bytes.getInt(at) != CENTRAL) {
      throw broken("the central directory is cut at byte " + at);
    }
    int name = bytes.getShort(at + 28) & LARGEST_COMMENT;
    int extra = bytes.getShort(at + 30) & LARGEST_COMMENT;
    int comment = bytes.getShort(at + 32) & LARGEST_COMMENT;
    if (bytes.remaining() < 46 + name + extra + comment) {
      throw broken("the central directory is cut at byte " + at);
    }
    byte[] text = new byte[name];
    bytes.get(at + 46, text);
    ByteBuffer more = bytes.slice(at + 46 + name, extra).order(bytes.order());
    bytes.position(at + 46 + name + extra + comment);
    long[] sizes = {
      bytes.getInt(at + 24) & SATURATED,
      bytes.getInt(at + 20) & SATURATED,
      bytes.getInt(at + 42) & SATURATED
    };
    widen(sizes, more);
    return new ZipRecord(
        new String(text, StandardCharsets.UTF_8),
        bytes.getShort(at + 8) & LARGEST_COMMENT,
        bytes.getShort(at + 10) & LARGEST_COMMENT,
        sizes[1],
        sizes[0],
        sizes[2]);
  }

  /** Replaces saturated 32-bit numbers by those of the ZIP64 field, in its order. */
  private void widen(long[] sizes, ByteBuffer extra) {
    ByteBuffer wide = field(extra);
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] != SATURATED) {
        continue;
      }
      if (wide.remaining() < 8) {
        throw broken("a record's ZIP64 sizes are missing");
      }
      sizes[i] = wide.getLong();
    }
  }

  private static ByteBuffer field(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & LARGEST_COMMENT;
      int length = Math.min(extra.getShort() & LARGEST_COMMENT, extra.remaining());
      if (id == 1) {
        return extra.slice(extra.position(), length).order(extra.order());
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private RuntimeException broken(String why) {
    return place.fault(
        "the zip archive is damaged", why, "copy or download the file again, or save it again");
  }
}
