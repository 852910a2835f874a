package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.backend.jni.JniLoader.Platform;
import dev.axiomml.backend.jni.lowering.KernelOpcode;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
  private static final Path DEFINITIONS =
      Needs.repositoryRoot().resolve("native-kernels/kernels.def");

  @Test
  void opcodes_and_version_are_those_of_the_list_of_kernels() throws IOException {
    String text = Files.readString(DEFINITIONS);
    List<String> defined = new ArrayList<>();
    Matcher kernels = Pattern.compile("(?m)^KERNEL\\((\\d+), \\w+, (\\w+),").matcher(text);
    while (kernels.find()) {
      defined.add(kernels.group(2).toUpperCase(Locale.ROOT) + " " + kernels.group(1));
    }
    List<String> known = new ArrayList<>();
    for (KernelOpcode opcode : KernelOpcode.values()) {
      known.add(opcode.name() + " " + opcode.number());
    }
    assertThat(known).isEqualTo(defined);
    Matcher abi = Pattern.compile("(?m)^AXIOM_ABI\\((\\d+)\\)").matcher(text);
    assertThat(abi.find()).isTrue();
    assertThat(KernelOpcode.ABI).isEqualTo(Long.parseLong(abi.group(1)));
  }

  @Test
  void functions_are_the_family_unary() throws IOException {
    String text = Files.readString(DEFINITIONS);
    for (KernelOpcode opcode : KernelOpcode.values()) {
      boolean unary = text.contains("KERNEL(%d, unary, ".formatted(opcode.number()));
      assertThat(opcode.isFunction()).as(opcode.name()).isEqualTo(unary);
    }
  }

  @Test
  void platforms_have_one_name_each() {
    assertThat(Platform.of("Mac OS X", "aarch64").resource())
        .isEqualTo("/dev/axiomml/backend/jni/macos-aarch64/libaxiom.dylib");
    assertThat(Platform.of("Windows 11", "amd64").resource())
        .isEqualTo("/dev/axiomml/backend/jni/windows-x86_64/axiom.dll");
    assertThat(Platform.of("Linux", "amd64").toString()).startsWith("linux").endsWith("-x86_64");
    assertThat(Platform.of("SunOS", "sparcv9").toString()).isEqualTo("sunos-sparcv9");
  }

  @Test
  void another_version_is_refused_naming_both_the_platform_and_the_file() {
    Optional<String> reason =
        JniLoader.versions(Path.of("old.so"), Platform.of("Mac OS X", "x86_64"), 99);
    assertThat(reason)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("old.so")
                    .contains("macos-x86_64")
                    .contains("ABI 99")
                    .contains("ABI " + KernelOpcode.ABI));
    assertThat(JniLoader.versions(Path.of("x"), Platform.of("a", "b"), KernelOpcode.ABI)).isEmpty();
  }

  @Test
  void a_platform_without_a_library_is_told_where_it_was_looked_for() {
    Optional<String> reason = JniLoader.load(Optional.empty(), Platform.of("SunOS", "sparcv9"));
    assertThat(reason)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("sunos-sparcv9")
                    .contains("/dev/axiomml/backend/jni/sunos-sparcv9/libaxiom.so")
                    .contains("native-kernels/build.sh")
                    .contains(JniLoader.PATH_PROPERTY));
  }

  @Test
  void a_library_that_does_not_load_is_told_with_path_platform_and_version(@TempDir Path folder) {
    Path file = folder.resolve("absent.so");
    Optional<String> reason =
        JniLoader.load(Optional.of(file.toString()), Platform.ofThisMachine());
    assertThat(reason)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("absent.so")
                    .contains(Platform.ofThisMachine().toString())
                    .contains("ABI " + KernelOpcode.ABI));
  }
}
