package dev.axiomml.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which Axiom this is and on what it runs.
 *
 * @param version of the library; {@code unknown} where it runs from bare classes
 * @param commit of its sources, 40 hexadecimal digits, with {@code -dirty} behind where they were
 *     changed; {@code unknown} for a build without git
 * @param java version and vendor of the Java machine
 * @param instructions the set of the native kernels, {@code avx2} for instance; without them what
 *     the Java machine calls the processor
 */
public record BuildIdentity(String version, String commit, String java, String instructions) {
  private static final String UNKNOWN = "unknown";
  private static final String FILE = "/dev/axiomml/core/build.properties";

  /** That of the running program. */
  public static BuildIdentity ofThis() {
    Properties built = built();
    return new BuildIdentity(
        known(built, "version"),
        known(built, "commit") + (known(built, "dirty").equals("true") ? "-dirty" : ""),
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
        fastest());
  }

  private static Properties built() {
    Properties built = new Properties();
    try (InputStream in = BuildIdentity.class.getResourceAsStream(FILE)) {
      if (in != null) {
        built.load(in);
      }
      return built;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE + " of this jar", e);
    }
  }

  private static String known(Properties built, String name) {
    return built.getProperty(name, UNKNOWN);
  }

  private static String fastest() {
    List<String> sets =
        Backends.present().stream().map(Backend::instructions).flatMap(Optional::stream).toList();
    return sets.isEmpty() ? System.getProperty("os.arch") + ", Java only" : sets.get(0);
  }

  /** Four lines for a person. */
  @Override
  public String toString() {
    return "axiom " + version + "\ncommit " + commit + "\nJava " + java + "\nruns " + instructions;
  }
}
