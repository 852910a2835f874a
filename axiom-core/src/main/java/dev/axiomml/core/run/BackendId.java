package dev.axiomml.core.run;

/**
 * The name of a backend.
 *
 * @param name lower case, as the command line writes it
 */
public record BackendId(String name) {
  @Override
  public String toString() {
    return name;
  }
}
