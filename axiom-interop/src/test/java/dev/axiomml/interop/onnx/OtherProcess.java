package dev.axiomml.interop.onnx;

import dev.axiomml.core.model.Model;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * A Java program of its own.
 *
 * @param options of the Java that runs it
 * @param first what stands in front of Axiom on its class path
 */
record OtherProcess(List<String> options, List<Path> first) {
  OtherProcess {
    options = List.copyOf(options);
    first = List.copyOf(first);
  }

  /**
   * The end of a program.
   *
   * @param code its exit code
   * @param text all it printed
   */
  record ProcessEnd(int code, String text) {}

  /** Runs {@link LoadsAlone} beside Axiom's classes and SLF4J alone. */
  ProcessEnd run(Path... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dslf4j.internal.verbosity=ERROR"); // it would say that no log is kept here
    command.addAll(List.of("-cp", classPath(), LoadsAlone.class.getName()));
    Stream.of(args).map(Path::toString).forEach(command::add);
    return ended(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static ProcessEnd ended(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ProcessEnd(process.waitFor(), text);
  }

  private String classPath() {
    Stream<Path> own =
        Stream.of(Onnx.class, Model.class, Logger.class, LoadsAlone.class).map(OtherProcess::home);
    return Stream.concat(first.stream(), own)
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
