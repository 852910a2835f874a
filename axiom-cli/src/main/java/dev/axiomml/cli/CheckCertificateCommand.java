package dev.axiomml.cli;

import dev.axiomml.core.model.Layout;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.check.CheckResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom check-certificate}. */
@picocli.CommandLine.Command(
    name = "check-certificate",
    description =
        "Follows every proof of a certificate again, in whole numbers, with code that shares"
            + " nothing with the search.",
    footer = {"", "Exit 0: valid. 1: not valid, and why."})
final class CheckCertificateCommand extends Command {
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

  @Override
  public Integer call() {
    Certificate certificate = Certificate.load(file);
    boolean signed =
        key.isEmpty() || certificate.verifySignature(dev.axiomml.verify.Keys.publicKey(key.get()));
    if (!signed) {
      out().println("not valid: the signature is missing or by another key");
      return Exit.NO;
    }
    CheckResult result = check(certificate);
    out().println(result);
    return result.isValid() ? Exit.OK : Exit.NO;
  }

  /**
   * A proof speaks of one order of axes: the command's own, or the one that programs see; the hash
   * tells which.
   */
  private CheckResult check(Certificate certificate) {
    ModelArgument argument = ModelArgument.of(model, shapes);
    CheckResult asFile = certificate.check(argument.open(Layout.AS_FILE));
    if (asFile.isValid()) {
      return asFile;
    }
    CheckResult channelsLast = certificate.check(argument.open(Layout.CHANNELS_LAST));
    return channelsLast.isValid() ? channelsLast : asFile;
  }
}
