package dev.axiomml.core.model;

/**
 * A file that samples came from.
 *
 * @param file its name without folders
 * @param sha256 of all its bytes, 64 hexadecimal digits
 */
public record SampleSource(String file, String sha256) {
  private static final int SHOWN = 16;

  /** {@code x.npy (sha-256 0123456789abcdef…)}. */
  @Override
  public String toString() {
    String digits = sha256.length() <= SHOWN ? sha256 : sha256.substring(0, SHOWN) + "…";
    return file + " (sha-256 " + digits + ")";
  }
}
