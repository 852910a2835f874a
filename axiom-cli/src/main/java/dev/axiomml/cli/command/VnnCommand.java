package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.cli.argument.SearchOptions;
import dev.axiomml.cli.vnn.VnnAnswer;
import dev.axiomml.cli.vnn.VnnBudget;
import dev.axiomml.cli.vnn.VnnResult;
import dev.axiomml.cli.vnn.VnnSearch;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.interop.file.AtomicFile;
import dev.axiomml.interop.vnnlib.InputRounding;
import dev.axiomml.interop.vnnlib.VnnLib;
import dev.axiomml.interop.vnnlib.VnnQuery;
import dev.axiomml.verify.Certificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom vnn}. */
@picocli.CommandLine.Command(
    name = "vnn",
    description = "Answers a query in VNN-LIB about a model: unsat, sat, unknown or timeout.",
    footer = {
      "",
      "The first line is the answer: unsat, where no input satisfies the query, so that what it",
      "denies holds; sat, with an input that does; unknown; or timeout. Both files may be packed",
      "by gzip. Exit 0: unsat. 1: sat. 2: unknown or timeout."
    })
public final class VnnCommand extends AxiomSubcommand {
  @Mixin private ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1",
      paramLabel = "SPEC.vnnlib",
      description = "The query, in VNN-LIB 1.0 or 2.0.")
  private Path query = Path.of("");

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For the whole answer, reading and check included (default: 60).")
  private double timeout = 60;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many work at once (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--input-rounding",
      paramLabel = "exact|nearest",
      description =
          "Which float32 inputs lie between decimal limits: those that do (default), or those"
              + " between the float32 numbers nearest to the limits.")
  private InputRounding rounding = InputRounding.EXACT;

  @Option(
      names = "--certificate",
      paramLabel = "C.json",
      description = "Where the certificate goes, once there is a proof or a counterexample.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--counterexample",
      paramLabel = "FILE",
      description = "Where the counterexample goes, in the form of VNN-COMP.")
  private Optional<Path> counterexample = Optional.empty();

  @Override
  public Integer call() {
    ProgressLine shown = new ProgressLine(notes(), watched());
    VnnBudget budget =
        VnnBudget.seconds(
                SearchOptions.seconds(timeout),
                SearchOptions.threads(threads),
                interruption()::requested)
            .progress(shown);
    certificate.ifPresent(file -> OutputDestination.requireFile("--certificate", file));
    counterexample.ifPresent(file -> OutputDestination.requireFile("--counterexample", file));
    OutputDestination.requireApart(
        "--certificate and --counterexample",
        Stream.concat(certificate.stream(), counterexample.stream()).toList());
    VnnQuery asked = VnnLib.read(query);
    Model<?> opened = model.open(Layout.AS_FILE);
    interruption().otherwise(this::interrupted);
    VnnResult result = VnnSearch.answer(opened, asked, rounding, budget);
    shown.end();
    if (!interruption().takesPrinting()) {
      return ExitCodes.INTERRUPTED;
    }
    print(result);
    keep(opened, result);
    return result.answer().exit();
  }

  private void interrupted() {
    out().println(VnnAnswer.UNKNOWN);
    out().println("interrupted");
    out().flush();
  }

  private void print(VnnResult result) {
    out().println(result.answer());
    result.witness().ifPresent(out()::println);
    result.why().forEach(out()::println);
  }

  private void keep(Model<?> opened, VnnResult result) {
    certificate.ifPresent(
        file -> {
          if (result.claims().isEmpty()) {
            out().println("no certificate is written: there is nothing to check");
          } else {
            Certificate.of(opened, result.claims()).with(MakersNote.of(model.file())).save(file);
            out().println("certificate " + file + " written");
          }
        });
    counterexample.ifPresent(
        file -> {
          if (result.witness().isEmpty()) {
            out().println("no counterexample is written: there is none");
          } else {
            byte[] text = (result.witness().get() + "\n").getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(file, to -> to.write(text));
            out().println("counterexample " + file + " written");
          }
        });
  }
}
