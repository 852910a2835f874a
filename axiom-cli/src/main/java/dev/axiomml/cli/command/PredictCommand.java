package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code axiom predict}. */
@picocli.CommandLine.Command(
    name = "predict",
    description = "Runs a model on arrays and writes what it answers.")
public final class PredictCommand extends AxiomSubcommand {
  /** In which order axes are on the command line. */
  enum Order {
    NCHW,
    NHWC,
    AS_FILE
  }

  @Mixin private ModelArgument model = new ModelArgument();

  @Option(
      names = "--input",
      paramLabel = "X.npy",
      required = true,
      description = "An input; once for each, in the model's order.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "Y.npy",
      required = true,
      description = "Where an output goes; once for each, in the model's order.")
  private List<Path> outputs = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "reference, nd4j or native (default: reference).")
  private String backend = "reference";

  @Option(
      names = "--layout",
      paramLabel = "ORDER",
      converter = OrderConverter.class,
      description = "nchw, nhwc or as-file (default).")
  private Order layout = Order.AS_FILE;

  @Override
  public Integer call() {
    OutputDestination.requireFiles("--output", outputs);
    Model<?> opened = model.open(layout == Order.NHWC ? Layout.CHANNELS_LAST : Layout.AS_FILE);
    List<Port> ports = opened.signature().outputs();
    if (outputs.size() != ports.size()) {
      throw new ModelException(
          new Diagnosis(
              outputs.size() + " --output for " + ports.size() + " outputs",
              opened.name(),
              "the model answers " + ports,
              "give --output once for each of them, in this order"));
    }
    List<Tensor> given = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(inward(Npy.read(inputs.get(i)), opened.signature().inputs(), i));
    }
    List<Tensor> answers = run(opened, given);
    for (int i = 0; i < answers.size(); i++) {
      Npy.write(outward(answers.get(i), ports.get(i)), outputs.get(i));
      out().println(outputs.get(i) + "  " + answers.get(i).type());
    }
    return ExitCodes.OK;
  }

  private List<Tensor> run(Model<?> opened, List<Tensor> given) {
    BackendId id = new BackendId(backend);
    if (id.equals(Backends.REFERENCE)) {
      return opened.predictAll(given);
    }
    try (CompiledModel compiled = opened.compile(id, Compilation.DEFAULT.withJavaForTheRest())) {
      return compiled.predictAll(given);
    }
  }

  private Tensor inward(Tensor tensor, List<Port> ports, int i) {
    Optional<Port> port = i < ports.size() ? Optional.of(ports.get(i)) : Optional.empty();
    boolean turned = layout == Order.NCHW && port.filter(PredictCommand::channelsLast).isPresent();
    return turned && tensor.shape().rank() == port.orElseThrow().type().shape().rank()
        ? tensor.permute(lastFromSecond(tensor.shape().rank()))
        : tensor;
  }

  private Tensor outward(Tensor tensor, Port port) {
    return layout == Order.NCHW && channelsLast(port)
        ? tensor.permute(secondFromLast(tensor.shape().rank()))
        : tensor;
  }

  private static boolean channelsLast(Port port) {
    int rank = port.axes().size();
    return rank > 2 && port.axes().get(rank - 1).equals("channels");
  }

  /** (N, C, spatial…) to (N, spatial…, C). */
  private static int[] lastFromSecond(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
  }

  /** (N, spatial…, C) to (N, C, spatial…). */
  private static int[] secondFromLast(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
  }
}
