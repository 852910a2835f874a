package dev.axiomml.cli.command;

import dev.axiomml.core.run.BuildIdentity;
import dev.axiomml.verify.cert.CertificateEnvelope;
import dev.axiomml.verify.cert.FileHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A certificate's envelope: written by {@code verify}, shown by {@code check-certificate}. */
public final class MakersNote {
  private static final int WIDTH = 200;

  private MakersNote() {}

  /**
   * What this program says of a certificate that it makes now.
   *
   * <p>A proof holds for every float32 execution and a counterexample is a run of the reference, so
   * no kernels are named.
   *
   * @param model the file that the model was read from; none for a network of the zoo
   */
  public static CertificateEnvelope of(Optional<Path> model) {
    BuildIdentity build = BuildIdentity.ofThis();
    return new CertificateEnvelope(
        model.map(MakersNote::hash),
        Optional.of("axiom " + build.version() + ", commit " + build.commit()),
        List.of(),
        Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  /** The envelope in lines for a person; none where nothing is said. */
  public static List<String> lines(CertificateEnvelope envelope, Optional<Path> model) {
    if (envelope.equals(CertificateEnvelope.NONE)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("said by its maker, not checked:"));
    envelope.file().ifPresent(said -> lines.add("  file     " + compared(said, model)));
    envelope.tool().ifPresent(said -> lines.add("  tool     " + plain(said)));
    String kernels = String.join(", ", envelope.kernels());
    lines.add("  kernels  " + (kernels.isEmpty() ? "none" : plain(kernels)));
    envelope.date().ifPresent(said -> lines.add("  date     " + plain(said)));
    return lines;
  }

  /** The hash that was said beside that of the given file, which may be another export. */
  private static String compared(String said, Optional<Path> model) {
    String text = "sha-256 " + plain(said);
    if (model.isEmpty()) {
      return text + "; no file was given";
    }
    String given = hash(model.get());
    return given.equals(said)
        ? text + "; the given file has it"
        : text + "; the given file has another: " + given;
  }

  private static String hash(Path file) {
    try {
      return FileHash.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " to hash it: " + e, e);
    }
  }

  /** Words of a file stay in their line and cannot pass for an answer. */
  private static String plain(String said) {
    String line = said.replaceAll("[\\p{Cntrl}\\u0085\\p{Zl}\\p{Zp}\\p{Cf}]", "?");
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
