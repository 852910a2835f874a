package dev.axiomml.cli;

import dev.axiomml.cli.bench.BenchCommand;
import dev.axiomml.cli.command.CheckCertificateCommand;
import dev.axiomml.cli.command.CommandInterruption;
import dev.axiomml.cli.command.CompareCommand;
import dev.axiomml.cli.command.ConvertCommand;
import dev.axiomml.cli.command.OnnxTestCommand;
import dev.axiomml.cli.command.PredictCommand;
import dev.axiomml.cli.command.SummaryCommand;
import dev.axiomml.cli.command.TensorsCommand;
import dev.axiomml.cli.command.VerifyCommand;
import dev.axiomml.cli.command.VnnCommand;
import dev.axiomml.cli.command.VnnTestCommand;
import dev.axiomml.cli.demo.DemoCommand;
import dev.axiomml.core.run.BuildIdentity;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which only says what there is. */
@picocli.CommandLine.Command(
    name = "axiom",
    versionProvider = AxiomCommand.Version.class,
    header = "Opens neural networks, runs them, and proves things about them.",
    description = {
      "",
      "MODEL is a file with a network inside, recognised by its content: PyTorch's exports,"
          + " TorchScript and pickles, ONNX, weights of the zoo, a descriptor in JSON; or zoo:NAME"
          + " such as zoo:resnet18. Arrays are NumPy's .npy files, the batch first, axes in the"
          + " file's own order unless --layout says otherwise.",
      ""
    },
    footerHeading = "%nStart here:%n",
    footer = {
      "  axiom demo                                     the guided tour on a real model",
      "  axiom summary model.pt2                        what is inside",
      "  axiom verify model.pt2 --prove \"∀x ∈ [0,1]. no_nan(output)\" --certificate proof.json",
      "  axiom check-certificate proof.json model.pt2   an independent check of that proof",
      "",
      "Exit codes: 0 yes, 1 no (refuted, invalid, different), 2 not decided or nothing asked,",
      "            64 bad input, 70 a fault of Axiom, 130 interrupted."
    },
    subcommands = {
      DemoCommand.class,
      SummaryCommand.class,
      TensorsCommand.class,
      PredictCommand.class,
      VerifyCommand.class,
      CheckCertificateCommand.class,
      OnnxTestCommand.class,
      VnnCommand.class,
      VnnTestCommand.class,
      ConvertCommand.class,
      CompareCommand.class,
      BenchCommand.class
    })
@SuppressWarnings("UnusedVariable") // picocli fills in the options
final class AxiomCommand implements Runnable, CommandInterruption.Source {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and end.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show version, commit, Java and instruction set, and end.")
  private boolean version;

  private final CommandInterruption interruption;

  AxiomCommand(CommandInterruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public CommandInterruption interruption() {
    return interruption;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "axiom wants a command: demo, summary, tensors, predict, verify, check-certificate,"
            + " onnx-test, vnn, vnn-test, convert, compare or bench");
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return BuildIdentity.ofThis().toString().split("\n", -1);
    }
  }
}
