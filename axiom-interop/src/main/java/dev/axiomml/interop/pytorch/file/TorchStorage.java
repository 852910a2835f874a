package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PyExternal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The memory that one or more tensors lie in.
 *
 * @param type its element type; nothing for bytes that a tensor gives a type
 * @param size bytes
 * @param content the bytes, at least that many, fetched when first needed
 * @param isBigEndian whether elements have their highest byte first
 */
public record TorchStorage(
    Optional<DType> type, long size, Supplier<FileRegion> content, boolean isBigEndian)
    implements PyExternal {
  /** Little-endian bytes of one type. */
  public static TorchStorage of(DType type, FileRegion content) {
    return new TorchStorage(Optional.of(type), content.size(), () -> content, false);
  }

  /** Two storages are the same only when they are one. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** A part of this storage, in bytes. */
  TorchStorage part(long from, long length) {
    return new TorchStorage(type, length, () -> content.get().part(from, length), isBigEndian);
  }

  /** Little-endian bytes of elements that are {@code width} bytes wide; mapped where possible. */
  ByteBuffer bytes(long from, int length, int width) {
    ByteBuffer stored = content.get().bytes(from, length);
    return isBigEndian && width > 1 ? swapped(stored, width) : stored;
  }

  private static ByteBuffer swapped(ByteBuffer stored, int width) {
    ByteBuffer copy = ByteBuffer.allocate(stored.remaining()).order(stored.order());
    for (int i = 0; i < copy.capacity(); i++) {
      copy.put(i, stored.get(i / width * width + width - 1 - i % width));
    }
    return copy;
  }

  /** Type and size. */
  @Override
  public String toString() {
    return "a storage of " + size + " bytes";
  }
}
