package dev.axiomml.interop.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files that may be packed by gzip, known by their first bytes. */
public final class GzipStream {
  private static final int BUFFER = 1 << 16;
  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;

  private GzipStream() {}

  /** Whether these are the first bytes of what gzip packed. */
  public static boolean isPacked(int first, int second) {
    return (first & 0xff) == FIRST && (second & 0xff) == SECOND;
  }

  /** What a stream holds, unpacked where it is packed. Closing it closes the stream. */
  @SuppressWarnings("MustBeClosedChecker")
  public static InputStream unpacked(InputStream stream) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
    try {
      buffered.mark(2);
      boolean packed = isPacked(buffered.read(), buffered.read());
      buffered.reset();
      return packed ? new GZIPInputStream(buffered, BUFFER) : buffered;
    } catch (IOException e) {
      buffered.close();
      throw e;
    }
  }
}
