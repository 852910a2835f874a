package dev.axiomml.core.model;

/** In which order a loaded model takes and gives the axes of images, volumes and signals. */
public enum Layout {
  /**
   * (batch, height, width, channels) wherever an operator of the file says which axis is which, the
   * file's own order elsewhere: the same network wants the same input whatever file it came from.
   */
  CHANNELS_LAST,
  /** The file's own order everywhere, e.g. (batch, channels, height, width). */
  AS_FILE
}
