package dev.axiomml.core.error;

import java.nio.file.Path;

/**
 * Where in a file something was read, for error messages.
 *
 * @param text file, record and offset, outermost first
 */
public record FilePlace(String text) {
  private static final int LONGEST = 480;

  /** A whole file. */
  public static FilePlace of(Path file) {
    return new FilePlace(file.toString());
  }

  /** A part of this place. */
  public FilePlace in(String part) {
    return new FilePlace(text + " › " + shown(part));
  }

  /** An import error at this place. */
  public ModelImportException fault(String what, String why, String fix) {
    return new ModelImportException(new Diagnosis(shown(what), text, shown(why), fix));
  }

  /** An import error at this place, with what caused it. */
  public ModelImportException fault(Diagnosis diagnosis, Throwable cause) {
    return new ModelImportException(diagnosis.at(text), cause);
  }

  /** Text out of a file as it may be printed: one line, no control characters, not endless. */
  public static String shown(String text) {
    String few = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return few.replaceAll("\\p{Cntrl}", "?");
  }
}
