package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiomml.cli.Main;
import dev.axiomml.testing.Needs;
import dev.axiomml.verify.z3.Z3Solver;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command's one runnable jar; a build that packs no jars has none to look at. */
class CommandJarTest {
  private static final long MOST = 30_000_000;

  private static Path jar = Path.of("axiom.jar");

  @BeforeAll
  static void find() throws Exception {
    Path home = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isRegularFile(home), "classes in a folder: no jar of this build");
    jar = home.resolveSibling("axiom.jar");
  }

  @Test
  void it_weighs_less_than_30_megabytes() throws IOException {
    assertThat(Files.size(jar)).isLessThan(MOST);
  }

  @Test
  void it_has_the_solver_of_one_platform() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Set<String> platforms =
          file.stream()
              .map(JarEntry::getName)
              .filter(name -> name.matches("com/microsoft/z3/.*libz3\\.\\w+"))
              .collect(Collectors.toSet());
      assertThat(platforms).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void its_solver_loads_where_it_was_built() throws Exception {
    Needs.z3(Z3Solver.unavailable().isEmpty(), Z3Solver.unavailable().orElse(""));

    assertThat(unavailable("dev.axiomml.verify.z3.Z3Solver")).isEmpty();
  }

  /** What the class says in the jar, beside nothing but the JDK. */
  private static Optional<?> unavailable(String type) throws Exception {
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader alone = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      return (Optional<?>) alone.loadClass(type).getMethod("unavailable").invoke(null);
    }
  }
}
