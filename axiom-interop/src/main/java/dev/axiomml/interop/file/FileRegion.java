package dev.axiomml.interop.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Bytes of a file or of a part of one; a file's bytes are mapped, not read.
 *
 * <p>Immutable. Positions are 64-bit, so regions may be larger than a buffer.
 */
public final class FileRegion {
  /** Where bytes come from. */
  interface Source {
    /** Read-only bytes; the range is inside the source. */
    ByteBuffer bytes(long from, int length);
  }

  private final Source source;
  private final long start;
  private final long size;

  private FileRegion(Source source, long start, long size) {
    this.source = source;
    this.start = start;
    this.size = size;
  }

  /** A file, mapped. @throws dev.axiomml.core.error.ModelImportException when it cannot be read */
  public static FileRegion of(Path file) {
    MappedFile mapped = MappedFile.of(file);
    return new FileRegion(mapped, 0, mapped.size());
  }

  /** Memory that is no longer written. */
  public static FileRegion of(byte[] memory) {
    return of(ByteBuffer.wrap(memory));
  }

  /** A buffer that is no longer written, from its position to its limit. */
  public static FileRegion of(ByteBuffer memory) {
    ByteBuffer all = memory.slice();
    return new FileRegion((from, length) -> all.slice((int) from, length), 0, all.limit());
  }

  /** Whether the bytes are a file's, so that there may be others beside it. */
  public boolean isFile() {
    return source instanceof MappedFile;
  }

  /** How many bytes. */
  public long size() {
    return size;
  }

  /** Whether a range lies inside. */
  public boolean holds(long from, long length) {
    return from >= 0 && length >= 0 && from <= size && length <= size - from;
  }

  /** A part. @throws IndexOutOfBoundsException when it is not inside */
  public FileRegion part(long from, long length) {
    require(from, length);
    return new FileRegion(source, start + from, length);
  }

  /**
   * Read-only little-endian bytes at position 0, without a copy where they are mapped. @throws
   * IndexOutOfBoundsException when they are not inside
   */
  public ByteBuffer bytes(long from, int length) {
    require(from, length);
    ByteBuffer found = source.bytes(start + from, length).slice();
    return found.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void require(long from, long length) {
    if (!holds(from, length)) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of a region of %d".formatted(length, from, size));
    }
  }

  /** All bytes of a small region. @throws IndexOutOfBoundsException beyond 2 GiB */
  public ByteBuffer bytes() {
    return bytes(0, (int) Math.min(size, Integer.MAX_VALUE));
  }

  /** A copy of the first bytes, fewer where the region ends before. */
  public byte[] head(int most) {
    byte[] copy = new byte[(int) Math.min(most, size)];
    bytes(0, copy.length).get(copy);
    return copy;
  }
}
