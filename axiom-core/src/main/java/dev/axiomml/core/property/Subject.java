package dev.axiomml.core.property;

/** What a property speaks of. */
public enum Subject {
  /** The model's first output, {@code output} or {@code output(x)} in text. */
  OUTPUT("output"),
  /** The model's first input, {@code x} or {@code input} in text. */
  INPUT("x"),
  /** One softmax over a free vector: {@code softmax(x)}, a model of its own. */
  SOFTMAX("softmax(x)");

  private final String text;

  Subject(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
