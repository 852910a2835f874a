package dev.axiomml.cli.bench;

import dev.axiomml.cli.bench.PeerRuntime.Launch;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.Dsl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * One batch size and one number of threads.
 *
 * @param batch samples of a prediction
 * @param options level and threads
 */
record BenchCase(int batch, Compilation options) {
  /** How long a case is measured: rounds in which everybody has as many seconds in turn. */
  record Rounds(int count, double seconds) {}

  /**
   * The figures of a case.
   *
   * @param millis our milliseconds a prediction
   * @param flop floating-point operations of the products of a prediction, as the network has them
   */
  record Figures(Spread millis, double flop, List<PeerFigures> peers) {
    double gigaflops() {
      return flop / millis.median() / 1e6;
    }
  }

  /** Runs everybody in turn. */
  Figures run(Model<?> model, List<Launch> peers, Rounds rounds, Path folder) {
    List<Tensor> inputs = inputs(model);
    try (CompiledModel compiled = model.compile(Backends.NATIVE, options.withJavaForTheRest());
        PeerRounds all = new PeerRounds(new TimedModel(compiled, inputs, batch))) {
      for (Launch launch : peers) {
        all.start(launch, inputs, folder.resolve(launch.name()));
      }
      return all.run(rounds, flop(model, inputs));
    }
  }

  /**
   * The rate of a product of two matrices of 1,024 × 1,024 here and now, the best of thirty, in
   * GFLOP/s: what a large layer can come to without Winograd's algorithm.
   */
  static double product(int threads) {
    int size = 1024;
    Model<?> dense =
        Axiom.model("product").input(Dsl.vector(size)).dense(size).output(Dsl.scores(size)).build();
    BenchCase one = new BenchCase(size, Compilation.DEFAULT.threads(threads));
    Figures figures = one.run(dense, List.of(), new Rounds(30, 0), Path.of(""));
    return figures.flop() / figures.millis().low() / 1e6;
  }

  private List<Tensor> inputs(Model<?> model) {
    return model.signature().inputs().stream().map(this::numbers).toList();
  }

  private Tensor numbers(Port port) {
    Shape shape = port.type().shape();
    boolean free = shape.rank() > 0 && !shape.dim(0).isFixed();
    Shape sized = free ? shape.with(0, Dim.of(batch)) : shape;
    if (!sized.isFixed() || (!free && sized.rank() > 0 && sized.size(0) != batch)) {
      throw new ModelException(
          new Diagnosis(
              "a batch of " + batch + " of " + port,
              "axiom bench",
              "every size of an input must be known, and its first one is the batch",
              "give --input-shape, or the --batch that the file is fixed to"));
    }
    if (port.type().dtype().isFloat()) {
      return Tensor.random(sized, 7, -1, 1).to(port.type().dtype());
    }
    long[] bits = LongStream.range(0, sized.count()).map(i -> i % 2).toArray();
    return Tensor.ofIntegers(sized, port.type().dtype(), bits);
  }

  /** Two for each product of a sum: matrices, convolutions, and other sums of products. */
  static double flop(Model<?> model, List<Tensor> inputs) {
    List<Type> types = inputs.stream().map(Tensor::type).toList();
    double products = 0;
    Graph graph = model.inference(types);
    for (Node node : graph.bind(graph.symbolsFor(types)).graph().nodes()) {
      if (node.op() instanceof SumOp sum) {
        products +=
            sum.terms(node.inTypes().stream().map(Type::shape).toList()).stream()
                .filter(SumTerm::isProduct)
                .flatMap(term -> term.nests().stream())
                .mapToDouble(LoopNest::products)
                .sum();
      }
    }
    return 2 * products;
  }

  /** Everybody that takes part in a case. */
  private static final class PeerRounds implements AutoCloseable {
    /** A peer that runs, and its times and ratios so far. */
    private record Running(
        String name, PeerRuntime runtime, List<Double> millis, List<Double> ratios) {}

    private final TimedModel ours;
    private final List<Running> running = new ArrayList<>();
    private final List<PeerFigures> absent = new ArrayList<>();

    PeerRounds(TimedModel ours) {
      this.ours = ours;
    }

    void start(Launch launch, List<Tensor> inputs, Path folder) {
      try {
        PeerRuntime peer = PeerRuntime.start(launch, inputs, folder);
        if (peer.isReady()) {
          running.add(new Running(launch.name(), peer, new ArrayList<>(), new ArrayList<>()));
        } else {
          absent.add(PeerFigures.absent(launch.name(), peer.note()));
          peer.close();
        }
      } catch (IOException e) {
        absent.add(PeerFigures.absent(launch.name(), String.valueOf(e.getMessage())));
      }
    }

    Figures run(Rounds rounds, double flop) {
      ours.median(rounds.seconds());
      running.forEach(peer -> peer.runtime().median(rounds.seconds() / 2));
      List<Double> mine = new ArrayList<>();
      for (int i = 0; i < rounds.count(); i++) {
        double median = ours.median(rounds.seconds());
        mine.add(median);
        for (Running peer : running) {
          double theirs = peer.runtime().median(rounds.seconds());
          peer.millis().add(theirs);
          peer.ratios().add(theirs / median);
        }
      }
      List<PeerFigures> all = new ArrayList<>(running.stream().map(this::figures).toList());
      all.addAll(absent);
      return new Figures(Spread.of(mine), flop, all);
    }

    private PeerFigures figures(Running peer) {
      double off = PeerFigures.difference(ours.outputs(), peer.runtime().outputs());
      PeerFigures.Timed timed =
          new PeerFigures.Timed(Spread.of(peer.millis()), Spread.of(peer.ratios()), off);
      return new PeerFigures(peer.name(), peer.runtime().note(), Optional.of(timed));
    }

    @Override
    public void close() {
      running.forEach(peer -> peer.runtime().close());
    }
  }
}
