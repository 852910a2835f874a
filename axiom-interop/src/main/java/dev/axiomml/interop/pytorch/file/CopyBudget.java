package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.pytorch.pickle.PickleLocation;

/**
 * What the views of a file may grow to when they are copied: expanded tensors of a few bytes can
 * claim any size.
 */
final class CopyBudget {
  private static final long ALWAYS = 64L << 20;
  private static final int TIMES = 8;

  private final long limit;
  private long left;

  CopyBudget(long fileSize) {
    this.limit = ALWAYS + TIMES * fileSize;
    this.left = limit;
  }

  /** The view itself, after what a copy of it would take was counted. */
  TensorView charged(TensorView view, PickleLocation site) {
    long bytes = (long) view.count() * view.type().dtype().bytes();
    if (view.isContiguous() && !view.storage().isBigEndian()) {
      return view;
    }
    if (bytes > left) {
      throw site.fault(
          "%s of %d bytes is too large".formatted(view, bytes),
          "the limit for strided and expanded views of this file is %d bytes in all"
              .formatted(limit),
          "save the tensor before it is expanded: stride 0 repeats elements");
    }
    left -= bytes;
    return view;
  }
}
