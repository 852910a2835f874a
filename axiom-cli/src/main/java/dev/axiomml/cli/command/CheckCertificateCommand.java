package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.DomainOption;
import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.cli.argument.SearchOptions;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.check.CheckLimits;
import dev.axiomml.verify.check.CheckResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom check-certificate}. */
@picocli.CommandLine.Command(
    name = "check-certificate",
    description =
        "Follows every proof of a certificate again, in whole numbers, with code that shares"
            + " nothing with the search.",
    footer = {
      "",
      "Exit 0: there are claims and all pass --require. 1: not valid, or a claim is refuted; the",
      "first line says which. 2: a claim is open, or there is none."
    })
public final class CheckCertificateCommand extends AxiomSubcommand {
  @Parameters(index = "0", paramLabel = "C.json", description = "The certificate.")
  private Path file = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "MODEL",
      description = "The model it speaks of: a file, or zoo:NAME.")
  private String model = "";

  @Option(
      names = "--input-shape",
      paramLabel = "N,C,H,W",
      description = "As it was given to verify.")
  private List<String> shapes = List.of();

  @Option(
      names = "--key",
      paramLabel = "PUBLIC.pem",
      description = "Also demand a signature by this Ed25519 key.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--require",
      paramLabel = "proved|reals|tested",
      description = "What must stand behind each claim (default: proved).")
  private RequiredEvidence required = RequiredEvidence.PROVED;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For the whole check (default: no end but that of the work's own limits).")
  private double timeout = Double.POSITIVE_INFINITY;

  @Option(
      names = "--dump",
      paramLabel = "FILE",
      description = "Also write what is checked, for tools/check_certificate.py, before any check.")
  private Optional<Path> dump = Optional.empty();

  @Mixin private DomainOption domain = new DomainOption();

  @Override
  public Integer call() {
    CheckLimits limits = limits();
    requireFile();
    dump.ifPresent(to -> OutputDestination.requireFile("--dump", to));
    Certificate certificate = Certificate.load(file);
    boolean signed =
        key.isEmpty()
            || certificate.verifySignature(dev.axiomml.verify.SigningKeys.publicKey(key.get()));
    if (!signed) {
      out().println("not valid: the signature is missing or by another key");
      return ExitCodes.NO;
    }
    interruption().otherwise(() -> interrupted(file + ": the check did not end"));
    ModelArgument argument = ModelArgument.of(model, shapes);
    dump.ifPresent(to -> dump(certificate, argument, to));
    CheckResult result = check(certificate, argument, limits);
    if (!interruption().takesPrinting()) {
      return ExitCodes.INTERRUPTED;
    }
    if (interruption().requested()) {
      interrupted(result.toString());
      return ExitCodes.INTERRUPTED;
    }
    out().println(result);
    MakersNote.lines(certificate.document().envelope(), argument.file()).forEach(out()::println);
    return exit(result);
  }

  private int exit(CheckResult result) {
    OverallOutcome outcome = result.outcome(required);
    if (result.outcome() == CheckResult.Outcome.VALID && outcome != OverallOutcome.PASSED) {
      out().println("not enough: " + required + " is required of every claim");
    }
    return outcome.exit();
  }

  /**
   * A proof speaks of one order of axes: the command's own, or the one that programs see; the hash
   * tells which.
   */
  private CheckResult check(Certificate certificate, ModelArgument argument, CheckLimits limits) {
    CheckResult asFile = certificate.check(domain.declared(argument.open(Layout.AS_FILE)), limits);
    if (asFile.outcome() != CheckResult.Outcome.NOT_VALID) {
      return asFile;
    }
    CheckResult channelsLast =
        certificate.check(domain.declared(argument.open(Layout.CHANNELS_LAST)), limits);
    return channelsLast.outcome() != CheckResult.Outcome.NOT_VALID ? channelsLast : asFile;
  }

  private void dump(Certificate certificate, ModelArgument argument, Path to) {
    Model<?> meant =
        Stream.of(Layout.AS_FILE, Layout.CHANNELS_LAST)
            .<Model<?>>map(layout -> domain.declared(argument.open(layout)))
            .filter(one -> ContentHash.of(one).equals(certificate.modelHash()))
            .findFirst()
            .orElseGet(() -> domain.declared(argument.open(Layout.AS_FILE)));
    try {
      Files.writeString(to, certificate.dump(meant));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Limits whose time begins now. */
  private CheckLimits limits() {
    double nanos = SearchOptions.seconds(timeout) * 1e9;
    long start = System.nanoTime();
    return CheckLimits.DEFAULT.until(
        () -> System.nanoTime() - start >= nanos || interruption().requested());
  }

  private void interrupted(String known) {
    out().println(known);
    out().flush();
    notes().println("interrupted: nothing is confirmed");
    notes().flush();
  }

  private void requireFile() {
    if (!Files.isRegularFile(file)) {
      throw new CertificateException(
          new Diagnosis(
              file + (Files.exists(file) ? " is no file" : " is not there"),
              file.toString(),
              "a certificate is one JSON file, as verify --certificate writes it",
              "name that file first, then the model"));
    }
  }
}
