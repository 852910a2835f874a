package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.interop.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of ONNX's operators: all of the standard domain, their versions, which are read. */
final class OnnxOperators {
  static final String PAGE = "docs/onnx-operators.md";
  private static final String STANDARD =
      "docs/src/test/resources/dev/axiomml/docs/onnx-operators.csv";

  private static final String REFUSED =
      "docs/src/test/resources/dev/axiomml/docs/onnx-runtime-operators.csv";

  private static final String LEARNED =
      "docs/src/test/resources/dev/axiomml/docs/onnx-ml-operators.csv";

  private OnnxOperators() {}

  /** An operator of the standard. */
  private record Operator(String name, String versions, boolean withdrawn) {
    static Operator of(String line) {
      String[] cells = line.split(",", -1);
      return new Operator(cells[0], cells[1].replace(" ", ", "), cells[2].equals("yes"));
    }

    String row(Set<String> read) {
      String note = withdrawn ? " (withdrawn)" : "";
      return "| `"
          + name
          + "`"
          + note
          + " | "
          + versions
          + " | "
          + (read.contains(name) ? "yes" : "–")
          + " |\n";
    }
  }

  static String page(Path root) throws IOException {
    Set<String> read = Onnx.operators();
    List<Operator> all = standard(root);
    long known = all.stream().filter(operator -> read.contains(operator.name())).count();
    return """
    # ONNX's operators

    Made by `MadePagesTest` from the table of rules and the standard's list of versions; do not edit it.

    %d of the %d operators of the standard domain are read, each in all the versions up to opset 28 unless a setting is refused by name.
    *Versions*: the opsets in which the standard defined or changed it. –: a file that has it is refused, with the node's name, before
    anything runs. What is around the table: [ONNX](onnx.md).

    | Operator | Versions | Read |
    |---|---|---|
    """
            .formatted(known, all.size())
        + all.stream().map(operator -> operator.row(read)).collect(Collectors.joining())
        + learned(root)
        + runtime(root);
  }

  /** The operators of ONNX Runtime's own domain, and what is refused of them. */
  private static String runtime(Path root) throws IOException {
    Map<String, String> refused =
        Files.readAllLines(root.resolve(REFUSED)).stream()
            .skip(1)
            .map(line -> line.split(";", 2))
            .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
    Set<String> read = Onnx.runtimeOperators();
    assertThat(read).as("operators of %s", REFUSED).containsAll(refused.keySet());
    return """

    ## `com.microsoft`

    %d operators of ONNX Runtime's own domain, which its optimiser and its quantiser write. `SimplifiedLayerNormalization` stands in
    the standard domain too. *Refused*: forms that are refused by name; everything else of an operator is read. Operators that are not here
    are listed with their nodes, as those of the standard domain are.

    | Operator | Refused |
    |---|---|
    """
            .formatted(read.size())
        + read.stream()
            .map(name -> "| `" + name + "` | " + refused.getOrDefault(name, "") + " |\n")
            .collect(Collectors.joining());
  }

  /** The operators of the domain of scikit-learn's models, and what each takes. */
  private static String learned(Path root) throws IOException {
    List<String> lines = Files.readAllLines(root.resolve(LEARNED));
    Set<String> read = Onnx.learnedOperators();
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(";", 2)).toList();
    Set<String> listed = rows.stream().map(row -> row[0]).collect(Collectors.toSet());
    assertThat(listed).as("operators of %s", LEARNED).containsAll(read);
    return """

    ## `ai.onnx.ml`

    %d of the %d operators of the domain that scikit-learn, LightGBM and XGBoost are written in. *Takes*: the forms that are read; –: there
    is no rule. Compositions of core operators have bounds and gradients; what is *only run* has none, and `verify` answers unknown about it.

    | Operator | Takes |
    |---|---|
    """
            .formatted(read.size(), rows.size())
        + rows.stream()
            .map(row -> "| `" + row[0] + "` | " + (read.contains(row[0]) ? row[1] : "–") + " |\n")
            .collect(Collectors.joining());
  }

  private static List<Operator> standard(Path root) throws IOException {
    return Files.readAllLines(root.resolve(STANDARD)).stream().skip(1).map(Operator::of).toList();
  }
}
