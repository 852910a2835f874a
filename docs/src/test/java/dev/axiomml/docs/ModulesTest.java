package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.Op;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between modules: what each exports, and services that both paths find. */
class ModulesTest {
  private static final ModulePath MODULES = ModulePath.ofThisRun();
  private static final Pattern HEADING = Pattern.compile("# (\\w+): (\\d+)");

  /** Of each set its types and the number that its heading states. */
  private record Listed(int stated, Set<String> types) {}

  @Test
  void every_jar_of_the_library_is_a_module() {
    assertThat(MODULES.own())
        .extracting(module -> module.descriptor().name())
        .containsExactly(
            "dev.axiomml.backend.jni",
            "dev.axiomml.backend.nd4j",
            "dev.axiomml.cli",
            "dev.axiomml.core",
            "dev.axiomml.dsl",
            "dev.axiomml.interop",
            "dev.axiomml.verify",
            "dev.axiomml.verify.junit");
  }

  @Test
  void the_class_path_and_the_module_path_find_the_same_services() throws IOException {
    int services = 0;
    for (ModuleReference module : MODULES.own()) {
      for (Provides provides : module.descriptor().provides()) {
        String file = "META-INF/services/" + provides.service();
        List<String> named = ModulePath.text(module, file).orElse("").lines().toList();
        assertThat(named).as(file).isEqualTo(provides.providers());
        services++;
      }
      assertThat(services(module)).isEqualTo(module.descriptor().provides().size());
    }
    assertThat(services).isGreaterThanOrEqualTo(4);
  }

  private static long services(ModuleReference module) throws IOException {
    try (var reader = module.open();
        Stream<String> files = reader.list()) {
      return files.filter(file -> file.matches("META-INF/services/[^/]+")).count();
    }
  }

  /** A type more is a promise more: it is listed by hand, for those who use or who extend. */
  @Test
  void exported_types_are_those_that_are_listed() throws IOException {
    Map<String, Listed> sets = listed();
    assertThat(sets.keySet()).containsExactly("users", "extenders");
    assertThat(sets.values()).allMatch(set -> set.types().size() == set.stated());

    List<String> all = sets.values().stream().flatMap(set -> set.types().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().hasSameElementsAs(exportedTypes());
  }

  /** Operators are listed in their catalogue, and providers are found as services. */
  private static Set<String> exportedTypes() {
    Set<String> types = new TreeSet<>();
    for (ModuleReference module : MODULES.own()) {
      Set<String> providers =
          module.descriptor().provides().stream()
              .flatMap(provides -> provides.providers().stream())
              .collect(Collectors.toSet());
      ModulePath.exported(module).stream()
          .filter(type -> !Op.class.isAssignableFrom(type) || type.isInterface())
          .map(Class::getName)
          .filter(name -> !providers.contains(name))
          .forEach(types::add);
    }
    return types;
  }

  /** Lines of {@code package: Type Type …} below a heading of each set. */
  private static Map<String, Listed> listed() throws IOException {
    Map<String, Listed> sets = new LinkedHashMap<>();
    Set<String> types = new TreeSet<>();
    for (String line : resource("exported-types.txt").lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        types = new TreeSet<>();
        sets.put(heading.group(1), new Listed(Integer.parseInt(heading.group(2)), types));
        continue;
      }
      String[] words = line.split(":? +");
      Arrays.stream(words).skip(1).map(name -> words[0] + "." + name).forEach(types::add);
    }
    return sets;
  }

  private static String resource(String name) throws IOException {
    try (var in = ModulesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
