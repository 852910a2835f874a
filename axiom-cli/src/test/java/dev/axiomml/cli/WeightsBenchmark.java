package dev.axiomml.cli;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.dsl.zoo.Zoo;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What weights cost on native kernels, one thread: the time to replace all of them (processor time,
 * best of 60 interleaved rounds), the memory of plans of several sizes, the memory to load and
 * compile a large network. Memory is that of a fresh process, mapped pages included, as Linux
 * counts it. Exit code 1 where a limit is missed. {@code mvn -q test -Pbench -pl axiom-cli -am
 * -DskipTests}
 */
final class WeightsBenchmark {
  private static final double REPLACE = 3;
  private static final double SIZES = 1.5;
  private static final double LOAD = 2.4;
  private static final int ROUNDS = 60;

  private WeightsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "sizes" -> sizes();
      case "save" -> SafeTensors.save(Zoo.vgg16().build(), Path.of(arguments[1]));
      case "load" -> load(Path.of(arguments[1]));
      default -> System.exit(table() ? 0 : 1);
    }
  }

  private static boolean table() throws Exception {
    boolean kept = replaced();
    String[] resident = process("sizes").split(" ");
    long one = Long.parseLong(resident[0]);
    long eight = Long.parseLong(resident[1]);
    kept &=
        new Measured("resnet50, batches 1 to 8, resident", eight, "kB")
            .row(new Measured("at batch 1", one, "kB"), SIZES);
    Path file = Files.createTempFile("vgg16", ".safetensors");
    try {
      process("save", file.toString());
      long peak = Long.parseLong(process("load", file.toString()));
      kept &=
          new Measured("vgg16 loaded, compiled, peak", peak, "kB")
              .row(new Measured("file", Files.size(file) / 1024, "kB"), LOAD);
    } finally {
      Files.delete(file);
    }
    return kept;
  }

  /** A figure with its unit. */
  private record Measured(String what, double value, String unit) {
    /** Prints it beside what it is compared with. @return whether the limit is kept */
    boolean row(Measured base, double limit) {
      boolean kept = value <= limit * base.value;
      System.out.printf(
          Locale.ROOT,
          "%-40s %10.1f %s, %.2f × %s (%.1f %s), at most %.1f%s%n",
          what,
          value,
          unit,
          value / base.value,
          base.what,
          base.value,
          base.unit,
          limit,
          kept ? "" : ": MISSED");
      return kept;
    }
  }

  /** This class in a JVM of its own. @return the last line that it prints */
  private static String process(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WeightsBenchmark.class.getName());
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed: " + printed);
    }
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }

  /** Kilobytes that Linux counts for this process. */
  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static FloatBuffer direct(int count) {
    return ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static void sizes() throws IOException {
    try (CompiledModel compiled = Zoo.resnet50().build().compile(Backends.NATIVE)) {
      FloatBuffer in = direct(8 * 224 * 224 * 3);
      FloatBuffer out = direct(8 * 1000);
      compiled.predict(in, out, 1);
      long one = status("VmRSS");
      for (int batch = 2; batch <= 8; batch++) {
        compiled.predict(in, out, batch);
      }
      System.out.println(one + " " + status("VmRSS"));
    }
  }

  private static void load(Path file) throws IOException {
    Model<?> model = PyTorch.loadInto(Zoo.vgg16().blank(), file);
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      compiled.predict(direct(224 * 224 * 3), direct(1000), 1);
      System.out.println(status("VmHWM"));
    }
  }

  private static boolean replaced() {
    Model<?> model = Zoo.resnet18().build();
    List<Map<String, Tensor>> sets = List.of(weights(model, 1), weights(model, 2));
    List<Integer> sizes = model.parameters().stream().map(p -> p.tensor().size()).toList();
    FloatBuffer in = direct(224 * 224 * 3);
    FloatBuffer out = direct(1000);
    float[][] to = sizes.stream().map(float[]::new).toArray(float[][]::new);
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double first = 0;
    try (CompiledModel compiled = model.compile(Backends.NATIVE)) {
      for (int round = 0; round < ROUNDS; round++) {
        Map<String, Tensor> set = sets.get(round % 2);
        double copy = millis(() -> copy(set, to));
        double replace = millis(() -> compiled.replaceWeights(set));
        double predict = millis(() -> compiled.predict(in, out, 1));
        first = round == 0 ? replace : first;
        best[0] = Math.min(best[0], copy);
        best[1] = Math.min(best[1], replace + predict);
        best[2] = Math.min(best[2], millis(() -> compiled.predict(in, out, 1)));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-40s %10.1f ms; the first replacement, which compiles anew: %.1f ms%n",
        "resnet18, one prediction",
        best[2],
        first);
    double beyond = best[1] - best[2];
    return new Measured("resnet18, all weights replaced", beyond, "ms")
        .row(new Measured("one copy", best[0], "ms"), REPLACE);
  }

  /** All weights of a model, others for each seed. */
  private static Map<String, Tensor> weights(Model<?> model, long seed) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Parameter p : model.parameters()) {
      weights.put(p.name(), Tensor.random(p.tensor().shape(), seed, 0.01, 0.1));
    }
    return weights;
  }

  private static void copy(Map<String, Tensor> weights, float[][] to) {
    int i = 0;
    for (Tensor weight : weights.values()) {
      System.arraycopy(TensorMemory.borrow(weight), 0, to[i++], 0, weight.size());
    }
  }

  /** Processor time of this thread, which does all the work: the machine may have other work. */
  private static double millis(Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
