package dev.axiomml.interop.file;

/**
 * One line of a zip archive's central directory.
 *
 * @param name path with {@code /} between parts
 * @param flags general purpose flags
 * @param method 0 stored, 8 deflated
 * @param packed bytes in the archive
 * @param size bytes unpacked
 * @param header where its local header starts
 */
record ZipRecord(String name, int flags, int method, long packed, long size, long header) {
  static final int STORED = 0;
  static final int DEFLATED = 8;
  private static final int DESCRIPTOR = 8;

  boolean isFolder() {
    return name.endsWith("/");
  }

  boolean isReadable() {
    return method == STORED || method == DEFLATED;
  }

  boolean isEncrypted() {
    return (flags & 1) != 0;
  }

  /** Whether sizes follow the bytes, so that the local header does not know them. */
  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }
}
