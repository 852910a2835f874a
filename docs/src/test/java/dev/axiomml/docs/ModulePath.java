package dev.axiomml.docs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules on the class path of these tests: jars in a build of jars, folders of classes else.
 *
 * @param references by name of the module
 */
record ModulePath(Map<String, ModuleReference> references) {
  private static final String OWN = "dev.axiomml.";

  /** What the class path has; entries that cannot be modules are left out. */
  static ModulePath ofThisRun() {
    String entries =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Map<String, ModuleReference> found = new TreeMap<>();
    Stream.of(entries.split(File.pathSeparator))
        .flatMap(entry -> modules(Path.of(entry)))
        .forEach(module -> found.putIfAbsent(module.descriptor().name(), module));
    return new ModulePath(found);
  }

  private static Stream<ModuleReference> modules(Path entry) {
    try {
      return ModuleFinder.of(entry).findAll().stream();
    } catch (FindException e) { // ND4J's jar, and folders of test classes
      return Stream.empty();
    }
  }

  /** The modules of the library and the command, each with a descriptor of its own. */
  List<ModuleReference> own() {
    return references.values().stream()
        .filter(module -> module.descriptor().name().startsWith(OWN))
        .filter(module -> !module.descriptor().isAutomatic())
        .toList();
  }

  /** Where the given modules lie, and all that they require. */
  String of(String... roots) {
    Set<String> names = new TreeSet<>();
    Stream.of(roots).forEach(root -> collect(root, names));
    return names.stream()
        .map(name -> Path.of(references.get(name).location().orElseThrow()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void collect(String name, Set<String> names) {
    ModuleReference module = references.get(name);
    if (module == null || !names.add(name)) {
      return; // of the JDK, or there already
    }
    module.descriptor().requires().stream()
        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .forEach(requires -> collect(requires.name(), names));
  }

  /** The public types of the packages that a module exports to everyone. */
  static Set<Class<?>> exported(ModuleReference module) {
    Set<String> packages =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    try (ModuleReader reader = module.open();
        Stream<String> files = reader.list()) {
      return files
          .filter(file -> file.matches("[^$-]+\\.class"))
          .map(file -> file.replace(".class", "").replace('/', '.'))
          .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
          .map(ModulePath::type)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, ModulePath.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Text of a file of a module, absent where it has none. */
  static Optional<String> text(ModuleReference module, String file) throws IOException {
    try (ModuleReader reader = module.open()) {
      Optional<InputStream> in = reader.open(file);
      return in.isEmpty()
          ? Optional.empty()
          : Optional.of(new String(in.get().readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
