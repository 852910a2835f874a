package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.verify.fuzz.Cases;
import dev.axiomml.verify.fuzz.FalseAnswers;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import dev.axiomml.verify.fuzz.RunLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random claims about random networks in files, asked with random options through the command and
 * the library: {@code SurfaceFuzz Surfaces 600 7}, the target, the seconds and the seed.
 *
 * <p>Every surface must say what evaluation knows: no claim that an input breaks passes anywhere,
 * {@code ∀} stands beside no test, domains are spelled out, seconds are true and budgets kept, and
 * text, JSON, page, certificate, its check, assertion, guard and exit code agree. Calls that make
 * no sense are refused by name.
 */
final class SurfaceFuzz {
  private static final int KINDS = 60;

  private SurfaceFuzz() {}

  /** Runs for so many seconds; the process ends with another code than zero on a false answer. */
  public static void main(String[] arguments) {
    if (!arguments[0].equals("Surfaces")) {
      throw new IllegalArgumentException(arguments[0] + " is none of [Surfaces]");
    }
    long seed = Long.parseLong(arguments[2]);
    System.out.println("Surfaces: seed " + seed);
    run(seed, RunLength.ofSeconds(Long.parseLong(arguments[1])));
  }

  /** Runs cases one after another. @return the number of claims and calls */
  static int run(long seed, RunLength length) {
    return Cases.run(new FalseAnswers("Surfaces", seed), length, SurfaceFuzz::round);
  }

  private static void round(At at, Random random) {
    Path folder = folder();
    try {
      round(at, random, folder);
    } catch (RuntimeException | AssertionError e) {
      at.thrown("a surface of " + folder, e);
    } finally {
      delete(folder);
    }
  }

  private static void round(At at, Random random, Path folder) {
    switch (random.nextInt(KINDS)) {
      case 0 -> new SlowModels(at, random).judge(folder);
      case 1 -> new OtherCommands(at, random).version();
      case 2 -> new InterruptedCall(at, random).judge(folder);
      case 3, 4, 5 -> new OtherCommands(at, random).onnxTest(folder);
      default -> verify(at, random, SurfaceModel.of(random, folder.resolve("net.onnx")));
    }
  }

  private static void verify(At at, Random random, SurfaceModel model) {
    SurfaceCall call = SurfaceCall.of(random, model);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> new HostileCall(at, random, call).judge();
      case 3, 4, 5 -> new LibrarySurfaces(at, call, random.nextInt(8) == 0).judge();
      default -> answered(at, random, call);
    }
  }

  private static void answered(At at, Random random, SurfaceCall call) {
    CommandRun run = CommandRun.of(call.words());
    Optional<ShownReport> shown = new CallJudge(at, call).judge(run);
    Optional<Path> certificate = call.given("--certificate");
    if (shown.isPresent() && certificate.isPresent()) {
      new CheckedCertificate(at, call, shown.get(), random).judge(certificate.get());
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("surfaces");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
