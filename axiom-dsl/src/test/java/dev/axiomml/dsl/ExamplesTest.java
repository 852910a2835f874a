package dev.axiomml.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the documentation of public types compile. */
class ExamplesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "axiomml", "dsl");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

  private static final String HEAD =
      """
      import static dev.axiomml.dsl.Dsl.*;
      import dev.axiomml.dsl.*;
      import dev.axiomml.dsl.setting.*;
      import dev.axiomml.dsl.zoo.*;
      import dev.axiomml.core.model.*;
      import dev.axiomml.core.property.*;
      import dev.axiomml.core.tensor.*;
      class Example { static void run(Model<?> anyModel) {
      """;

  @TempDir Path folder;

  private record Example(String type, String text) {
    @Override
    public String toString() {
      return type;
    }
  }

  static List<Example> examples() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      List<Example> examples = new ArrayList<>();
      for (Path file : sorted) {
        examples.addAll(examples(file));
      }
      return examples;
    }
  }

  private static List<Example> examples(Path file) throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(file));
    while (matcher.find()) {
      String code = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
      examples.add(new Example(String.valueOf(file.getFileName()), code));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_compiles(Example example) {
    boolean whole = example.text.startsWith("import");
    String text = whole ? example.text + "\nclass Example {}" : HEAD + example.text + "\n} }";
    assertThat(Compiler.errors(folder, "Example", text)).as(text).isEmpty();
  }
}
