package dev.axiomml.interop.pytorch.pickle;

/**
 * What a pickle may ask for at most; refused beyond, also where nothing is kept.
 *
 * @param bytes of one pickle, without the tensors, which lie outside of it
 * @param values that its opcodes make
 * @param memo highest memo index, plus one
 * @param depth nesting of containers
 * @param digits bytes of one integer and characters of one number or name
 */
public record PickleLimits(long bytes, int values, int memo, int depth, int digits) {
  /**
   * Limits for this machine: what fits well into a half of the heap, at most ten million values.
   */
  public static PickleLimits standard() {
    long heap = Runtime.getRuntime().maxMemory();
    int values = (int) Math.min(10_000_000, heap / 256);
    return new PickleLimits(Math.min(256L << 20, heap / 4), values, values, 1_000, 512);
  }
}
