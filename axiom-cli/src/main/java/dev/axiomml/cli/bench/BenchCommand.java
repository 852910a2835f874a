package dev.axiomml.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.bench.PeerRuntime.Launch;
import dev.axiomml.cli.command.AxiomSubcommand;
import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code axiom bench}. */
@picocli.CommandLine.Command(
    name = "bench",
    description = "Times a model on native kernels beside other runtimes, in turn, in one run.")
public final class BenchCommand extends AxiomSubcommand {
  private static final List<String> PEERS = List.of("ort", "openvino", "torch");

  @Mixin private ModelArgument model = new ModelArgument();

  @Option(names = "--batch", split = ",", paramLabel = "N", description = "Batch sizes (1).")
  private List<Integer> batches = List.of(1);

  @Option(names = "--threads", split = ",", paramLabel = "N", description = "Threads (1).")
  private List<Integer> threads = List.of(1);

  @Option(names = "--level", description = "STRICT, STANDARD (default) or AGGRESSIVE.")
  private Optimize level = Optimize.STANDARD;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "ort (ONNX Runtime), openvino, torch; default: all.")
  private List<String> peers = PEERS;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "The Python that has numpy and the peers (python3).")
  private String python = "python3";

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (5).")
  private int rounds = 5;

  @Option(names = "--seconds", paramLabel = "S", description = "Of each in a round (1).")
  private double seconds = 1;

  @Option(names = "--json", description = "Prints one JSON list instead of lines.")
  private boolean json;

  private final Map<Integer, Double> products = new HashMap<>();
  private final Map<BenchCase, BenchCase.Figures> figures = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    check();
    Model<?> opened = model.open(Layout.AS_FILE);
    Path folder = Files.createTempDirectory("axiom-bench");
    try {
      for (BenchCase one : cases()) {
        measure(one, opened, folder);
      }
    } finally {
      delete(folder);
    }
    if (json) {
      out().println(list());
    } else {
      peers.forEach(this::mean);
    }
    boolean other = all().anyMatch(PeerFigures::isDifferent);
    return other ? ExitCodes.NO : ExitCodes.OK;
  }

  private List<BenchCase> cases() {
    Compilation options = Compilation.DEFAULT.at(level);
    return batches.stream()
        .flatMap(
            batch -> threads.stream().map(count -> new BenchCase(batch, options.threads(count))))
        .toList();
  }

  private void check() {
    boolean positive = Stream.concat(batches.stream(), threads.stream()).allMatch(n -> n > 0);
    if (!positive || rounds < 1 || !(seconds > 0 && seconds <= 3600)) {
      throw refused(
          "a number that is not positive", "counts and times are above zero", "--batch 1,32");
    }
    Optional<String> unknown = peers.stream().filter(name -> !PEERS.contains(name)).findFirst();
    if (unknown.isPresent()) {
      throw refused("no peer " + unknown.get(), "the peers are " + PEERS, "--peers ort,torch");
    }
  }

  private static ModelException refused(String what, String why, String fix) {
    return new ModelException(new Diagnosis(what, "axiom bench", why, "write e.g. " + fix));
  }

  private void measure(BenchCase one, Model<?> opened, Path folder) throws IOException {
    Path inside = Files.createDirectory(folder.resolve(Integer.toString(figures.size())));
    int count = one.options().threads();
    List<Launch> launches = new ArrayList<>();
    for (String name : peers) {
      launches.add(new Launch(python, name, file(name, opened, folder), count));
    }
    double product = products.computeIfAbsent(count, BenchCase::product);
    BenchCase.Figures all =
        one.run(opened, launches, new BenchCase.Rounds(rounds, seconds), inside);
    figures.put(one, all);
    if (!json) {
      double share = 100 * all.gigaflops() / product;
      out()
          .println(
              String.format(
                  Locale.ROOT,
                  "batch %d, threads %d: axiom %s ms, %.1f GFLOP/s, %.0f %% of a product's rate",
                  one.batch(),
                  count,
                  all.millis(),
                  all.gigaflops(),
                  share));
      all.peers().forEach(out()::println);
      out().flush();
    }
  }

  /** The model's own file where the peer reads it, else the network saved as ONNX. */
  private Path file(String peer, Model<?> opened, Path folder) {
    Optional<Path> own = model.file();
    boolean onnx = own.filter(f -> ModelFile.readable(f).kind() == FileKind.ONNX).isPresent();
    if (own.isPresent() && (onnx || peer.equals("torch"))) {
      return own.get();
    }
    Path saved = folder.resolve("model.onnx");
    if (!Files.exists(saved)) {
      Onnx.save(opened, saved);
    }
    return saved;
  }

  private Stream<PeerFigures> all() {
    return figures.values().stream().flatMap(one -> one.peers().stream());
  }

  private void mean(String peer) {
    double[] ratios =
        all()
            .filter(p -> p.name().equals(peer))
            .flatMap(p -> p.timed().stream())
            .mapToDouble(t -> t.ratio().median())
            .toArray();
    if (ratios.length > 0) {
      double logs = 0;
      for (double ratio : ratios) {
        logs += Math.log(ratio);
      }
      double mean = Math.exp(logs / ratios.length);
      out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %.2f × as fast, the geometric mean of %d of %d cases",
                  peer,
                  mean,
                  ratios.length,
                  figures.size()));
    }
  }

  private String list() {
    ArrayNode cases = new ObjectMapper().createArrayNode();
    figures.forEach(
        (one, all) -> {
          ObjectNode node = cases.addObject().put("batch", one.batch());
          node.put("threads", one.options().threads()).put("level", level.toString());
          node.put("productGigaflops", products.get(one.options().threads()));
          spread(node.put("gigaflops", all.gigaflops()).putObject("millis"), all.millis());
          all.peers().forEach(peer -> add(node.withArray("peers").addObject(), peer));
        });
    return cases.toString();
  }

  private static void add(ObjectNode node, PeerFigures peer) {
    node.put("name", peer.name()).put(peer.timed().isPresent() ? "version" : "absent", peer.note());
    peer.timed()
        .ifPresent(
            timed -> {
              spread(node.putObject("millis"), timed.millis());
              spread(node.putObject("ratio"), timed.ratio());
              node.put("difference", timed.difference());
            });
  }

  private static void spread(ObjectNode node, Spread spread) {
    node.put("median", spread.median()).put("low", spread.low()).put("high", spread.high());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
