package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelOpcode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and loads the library, once.
 *
 * <p>The system property {@code axiom.native.path} names the file to load; otherwise the one for
 * this platform is taken out of the jar into a temporary folder of this user. JDK 24 and later warn
 * on this unless the JVM is started with {@code --enable-native-access}.
 */
final class JniLoader {
  /** Names a library file to load instead of the jar's. */
  static final String PATH_PROPERTY = "axiom.native.path";

  private static final Logger LOG = LoggerFactory.getLogger(JniLoader.class);

  private JniLoader() {}

  /** Why the library cannot be used, one sentence; empty when it is loaded. */
  static Optional<String> unavailable() {
    return Once.REASON;
  }

  private static final class Once {
    static final Optional<String> REASON =
        load(Optional.ofNullable(System.getProperty(PATH_PROPERTY)), Platform.ofThisMachine());

    static {
      REASON.ifPresent(reason -> LOG.warn("{}", NativeBackend.noLibrary(reason)));
    }
  }

  /** Loads the library at a path, or the jar's. @return why it cannot be used */
  static Optional<String> load(Optional<String> path, Platform platform) {
    if (path.isPresent()) {
      return open(Path.of(path.get()), platform);
    }
    try (InputStream library = JniLoader.class.getResourceAsStream(platform.resource())) {
      if (library == null) {
        return Optional.of(
            "this jar has no library for platform %s (looked for %s); build one with native-kernels/build.sh and name it with -D%s"
                .formatted(platform, platform.resource(), PATH_PROPERTY));
      }
      return unpacked(library, platform);
    } catch (IOException e) {
      return Optional.of(
          "the library for platform %s (%s) could not be unpacked into %s: %s"
              .formatted(platform, platform.resource(), System.getProperty("java.io.tmpdir"), e));
    }
  }

  /** The folder is this user's alone; where the system allows it, the file goes once loaded. */
  private static Optional<String> unpacked(InputStream library, Platform platform)
      throws IOException {
    Path folder = Files.createTempDirectory("axiom-native");
    Path file = folder.resolve(platform.fileName());
    Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
    Optional<String> reason = open(file, platform);
    if (platform.isWindows()) {
      folder.toFile().deleteOnExit(); // hooks run in reverse order: the file's comes first
      file.toFile().deleteOnExit();
    } else {
      Files.delete(file);
      Files.delete(folder);
    }
    return reason;
  }

  private static Optional<String> open(Path file, Platform platform) {
    try {
      System.load(file.toAbsolutePath().toString());
      return versions(file, platform, Kernels.abi());
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(
          "the library %s does not load on platform %s (this jar speaks ABI %d): %s"
              .formatted(file, platform, KernelOpcode.ABI, e.getMessage()));
    }
  }

  /** Why a library of that version cannot be used. */
  static Optional<String> versions(Path file, Platform platform, long abi) {
    return abi == KernelOpcode.ABI
        ? Optional.empty()
        : Optional.of(
            "the library %s for platform %s has ABI %d, this jar speaks ABI %d"
                .formatted(file, platform, abi, KernelOpcode.ABI));
  }

  /**
   * Where a library runs.
   *
   * @param os {@code linux}, {@code linux-musl}, {@code macos}, {@code windows}, or what the JVM
   *     says
   * @param arch {@code x86_64}, {@code aarch64}, or what the JVM says
   */
  record Platform(String os, String arch) {
    static Platform ofThisMachine() {
      return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String archName) {
      String os = osName.toLowerCase(Locale.ROOT);
      String arch = archName.toLowerCase(Locale.ROOT);
      boolean intel = arch.equals("amd64") || arch.equals("x86-64") || arch.equals("x86_64");
      boolean arm = arch.equals("arm64") || arch.equals("aarch64");
      return new Platform(system(os), intel ? "x86_64" : arm ? "aarch64" : arch);
    }

    private static String system(String os) {
      if (os.startsWith("linux")) {
        boolean musl = Files.exists(Path.of("/etc/alpine-release"));
        return musl ? "linux-musl" : "linux";
      }
      return os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : os;
    }

    boolean isWindows() {
      return os.equals("windows");
    }

    String fileName() {
      return isWindows() ? "axiom.dll" : os.equals("macos") ? "libaxiom.dylib" : "libaxiom.so";
    }

    String resource() {
      return "/dev/axiomml/backend/jni/" + this + "/" + fileName();
    }

    @Override
    public String toString() {
      return os + "-" + arch;
    }
  }
}
