package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import java.util.List;

/** Status numbers of the library as errors. */
final class KernelStatus {
  private static final List<String> REASONS =
      List.of(
          "no error",
          "the program ends too early",
          "the program's first word is not the magic number",
          "the program was written for another version of the border",
          "the library does not know the opcode",
          "an operand lies outside of its memory",
          "attributes and operand sizes do not fit the kernel",
          "not enough memory",
          "a buffer is not direct or not aligned");

  private KernelStatus() {}

  /** The status itself when it is none below zero. @throws BackendException otherwise */
  static long require(long status, String doing, List<KernelCall> instructions) {
    if (status >= 0) {
      return status;
    }
    int code = (int) (-status & 255);
    long at = -status >> 8;
    boolean named = code >= 4 && code <= 6 && at < instructions.size();
    String place = named ? instructions.get((int) at).toString() : "instruction " + at;
    String reason = code < REASONS.size() ? REASONS.get(code) : "status " + code;
    throw new BackendException(
        new Diagnosis(
            doing + " failed in the native library: " + reason,
            place,
            code == 7
                ? "plans hold packed weights and one arena for each concurrent caller"
                : "the library checks every number of a program before it runs it",
            code == 7
                ? "run fewer plans or callers at once, or use Backends.REFERENCE"
                : "use Backends.REFERENCE and report this text with the model's summary"));
  }
}
