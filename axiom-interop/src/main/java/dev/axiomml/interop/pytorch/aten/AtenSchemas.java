package dev.axiomml.interop.pytorch.aten;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** PyTorch's own declarations of its operators, as {@code tools/fixtures/aten_schemas.py} wrote. */
final class AtenSchemas {
  private static final Map<String, List<AtenSchema>> BY_NAME = read();

  private AtenSchemas() {}

  private static Map<String, List<AtenSchema>> read() {
    Map<String, List<AtenSchema>> schemas = new HashMap<>();
    try (InputStream file =
            Objects.requireNonNull(AtenSchemas.class.getResourceAsStream("schemas.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(AtenSchema::of)
          .forEach(s -> schemas.computeIfAbsent(s.name(), n -> new ArrayList<>()).add(s));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  /** The overloads of an operator, in the order in which PyTorch tries them. */
  static List<AtenSchema> overloads(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  static Optional<AtenSchema> find(String name, String overload) {
    return overloads(name).stream().filter(s -> s.overload().equals(overload)).findFirst();
  }
}
