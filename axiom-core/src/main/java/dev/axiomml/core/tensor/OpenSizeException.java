package dev.axiomml.core.tensor;

/**
 * A number was asked of a size, or a shape of a value, that is known only later: once symbols are
 * bound, or while the graph runs.
 */
public final class OpenSizeException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  OpenSizeException(String message) {
    super(message);
  }
}
