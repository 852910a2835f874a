package dev.axiomml.verify.check;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.core.property.statement.ExtremumExpression;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.check.integer.CheckRefusal;
import dev.axiomml.verify.check.integer.CheckedRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the check of a certificate looks at, in JSON, for a checker of another make. */
final class CheckDump {
  private final Map<String, Object> all = new LinkedHashMap<>();
  private final List<Object> networks = new ArrayList<>();
  private final List<Object> claims = new ArrayList<>();

  /** What is asked of a network, and the proof of it. */
  record Asked(Graph graph, TreeCheck.Question question, Proof proof) {}

  CheckDump(CertificateDocument document) {
    all.put("format", "axiom-check-dump");
    all.put("version", 1);
    all.put("model", document.model());
    all.put("sha256", document.hash());
    all.put("networks", networks);
    all.put("claims", claims);
  }

  /** Adds a claim; of one that is not understood, why. */
  void add(Claim claim, Supplier<Asked> asked) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("claim", claim.text());
    claims.add(fields);
    try {
      fields(asked.get(), fields);
    } catch (CheckRefusal | ArithmeticException refusal) {
      fields.put("refused", String.valueOf(refusal.getMessage()));
    } catch (AxiomException refusal) {
      fields.put("refused", refusal.diagnosis().what());
    }
  }

  private void fields(Asked asked, Map<String, Object> to) {
    NetworkDump network = new NetworkDump(asked.graph);
    Map<String, Object> fields = network.fields();
    Object statement = statement(asked.question.statement(), network, asked.graph);
    if (!networks.contains(fields)) {
      networks.add(fields);
    }
    to.put("network", networks.indexOf(fields));
    to.put("semantics", asked.proof.semantics() == ProofSemantics.REAL ? "real" : "float32");
    to.put("region", region(asked.question.region()));
    to.put("statement", statement);
    to.put("beyond", asked.question.region().sphere().map(ball -> "a ball").stream().toList());
    to.put("tree", asked.proof.line().toString());
  }

  private static List<Object> region(CheckedRegion region) {
    return IntStream.range(0, region.lo().size())
        .<Object>mapToObj(
            k -> {
              Map<String, Object> ends = new LinkedHashMap<>();
              ends.put("lo", Arrays.stream(region.lo().get(k)).map(CheckDump::number).toList());
              ends.put("hi", Arrays.stream(region.hi().get(k)).map(CheckDump::number).toList());
              return ends;
            })
        .toList();
  }

  private static List<Object> number(Dyadic of) {
    return List.of(of.mantissa(), of.exponent());
  }

  private static Map<String, Object> statement(Statement of, NetworkDump network, Graph graph) {
    CheckedSubjects subjects = new CheckedSubjects(graph);
    if (of instanceof Statement.All all) {
      return Map.of("all", statements(all.parts(), network, graph));
    }
    if (of instanceof Statement.Any any) {
      return Map.of("any", statements(any.parts(), network, graph));
    }
    if (of instanceof Statement.Finite finite) {
      return Map.of("finite", network.number(subjects.value(finite.of())));
    }
    if (of instanceof Statement.Elementwise elementwise && elementwise.holds()) {
      return Map.of("finite", network.number(subjects.value(elementwise.of())));
    }
    if (of instanceof Statement.Largest largest && subjects.takesLargestApart()) {
      Statement.All parts = (Statement.All) largest.parts();
      return Map.of("largest", statements(parts.parts(), network, graph));
    }
    Optional<ExtremumExpression> rows =
        of instanceof Statement.Sign sign ? sign.expression().lattice() : Optional.empty();
    return rows.isEmpty()
        ? Map.of("other", "a " + of.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        : sign((Statement.Sign) of, rows.get(), expression -> entry(expression, network, subjects));
  }

  private static List<Object> statements(List<Statement> parts, NetworkDump network, Graph graph) {
    return parts.stream().<Object>map(part -> statement(part, network, graph)).toList();
  }

  private static Map<String, Object> sign(
      Statement.Sign of,
      ExtremumExpression rows,
      java.util.function.Function<ExactExpression, Object> entry) {
    Map<String, Object> sign = new LinkedHashMap<>();
    sign.put("sign", rows.rows().stream().map(row -> row.stream().map(entry).toList()).toList());
    sign.put("strict", of.strict());
    if (!of.expression().isLinear()) {
      sign.put("pieces", "magnitudes or largest elements by their intervals");
    }
    return sign;
  }

  /** Whole numbers: the constant, then elements of values with their factors. */
  private static Object entry(
      ExactExpression expression, NetworkDump network, CheckedSubjects subjects) {
    List<Object> factors = new ArrayList<>();
    expression
        .elements()
        .forEach(
            (element, factor) ->
                factors.add(
                    List.of(
                        network.number(subjects.value(element.of())),
                        element.position(),
                        factor.toBigIntegerExact())));
    return List.of(expression.constant().toBigIntegerExact(), factors);
  }

  String json() {
    StringBuilder text = new StringBuilder();
    write(all, text);
    return text.append('\n').toString();
  }

  private static void write(Object value, StringBuilder to) {
    if (value instanceof Map<?, ?> map) {
      write(map.entrySet().stream(), "{}", to);
    } else if (value instanceof List<?> list) {
      write(list.stream(), "[]", to);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      write(entry.getKey(), to);
      write(entry.getValue(), to.append(':'));
    } else if (value instanceof String text) {
      to.append('"').append(quoted(text)).append('"');
    } else {
      to.append(value);
    }
  }

  private static void write(Stream<?> parts, String brackets, StringBuilder to) {
    to.append(brackets.charAt(0));
    int empty = to.length();
    parts.forEach(part -> write(part, to.length() == empty ? to : to.append(',')));
    to.append(brackets.charAt(1));
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : "" + (char) c)
        .collect(Collectors.joining());
  }
}
