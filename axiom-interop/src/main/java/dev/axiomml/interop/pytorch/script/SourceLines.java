package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;

/**
 * The lines of one source file, for error messages.
 *
 * @param place the file
 * @param text all of it
 */
record SourceLines(FilePlace place, String text) {
  private static final int LONGEST = 32 << 20;

  SourceLines {
    if (text.length() > LONGEST) {
      throw place.fault(
          "source text of " + text.length() + " characters",
          "at most " + LONGEST + " are read",
          "save the model again with torch.jit.save");
    }
  }

  /** An error about a line, which it shows. */
  ModelImportException fault(int line, String what, String why, String fix) {
    return place.in("line " + line).fault(what + ": " + line(line), why, fix);
  }

  /** A line that is not of the language. */
  ModelImportException unreadable(int line, String what) {
    return fault(
        line,
        what,
        "TorchScript's serialised source is read: classes, functions, assignments, if, for, while",
        "save the model again with torch.jit.save, or export it with torch.export.save");
  }

  private String line(int number) {
    int start = 0;
    for (int i = 1; i < number; i++) {
      start = Math.max(start, text.indexOf('\n', start) + 1);
    }
    int end = text.indexOf('\n', start);
    String line = text.substring(start, end < 0 ? text.length() : end).strip();
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }
}
