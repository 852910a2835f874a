package dev.axiomml.verify.smt;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a solver is asked: facts that hold together exactly where a formula is false.
 *
 * @param facts region, network, and the formula's negation; empty where there is a gap
 * @param inputs for each input of the network the names of its elements
 * @param gap why it cannot be asked
 */
public record SmtQuestion(List<SmtFact> facts, List<List<String>> inputs, Optional<String> gap) {
  /** Copies the lists. */
  public SmtQuestion {
    facts = List.copyOf(facts);
    inputs = List.copyOf(inputs);
  }

  /**
   * Is there an input of the region for which the formula is false, over the reals?
   *
   * @param graph all sizes fixed, the batch one, what is given being constants of it
   * @param region no declared one: what a model declares is resolved before; its names are those of
   *     the graph's inputs
   */
  public static SmtQuestion of(Graph graph, Formula formula, Region region) {
    if (graph.inputs().stream().anyMatch(v -> !v.type().isTensor() || !isSmall(v))) {
      return gap("an input has no fixed size of at most 4096 elements");
    }
    SmtFacts facts = new SmtFacts();
    List<EncodedValue> in = new ArrayList<>();
    List<List<String>> names = new ArrayList<>();
    for (Value input : graph.inputs()) {
      List<String> own = names(input, names.size());
      names.add(own);
      in.add(EncodedValue.of(own.stream().<SmtReal>map(SmtReal.Unknown::new).toList()));
    }
    Optional<String> outside =
        RegionFacts.write(region, graph.inputs().stream().map(Value::name).toList(), in, facts);
    if (outside.isPresent()) {
      return gap(outside.get());
    }
    List<EncodedValue> out = graph.read(in, new SmtEncoder(facts));
    Statement statement =
        Statement.of(
            formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
    StatementFacts written = new StatementFacts(facts, in.get(0), out.get(0));
    Optional<SmtFact> fact = written.fact(statement);
    fact.ifPresent(f -> facts.add(new SmtFact.Not(f)));
    return fact.isPresent()
        ? new SmtQuestion(facts.all(), names, Optional.empty())
        : gap(written.gap());
  }

  private static boolean isSmall(Value input) {
    return input.type().shape().isFixed() && input.type().shape().count() <= 4096;
  }

  private static List<String> names(Value input, int index) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < input.type().shape().count(); i++) {
      names.add("x" + index + "_" + i);
    }
    return names;
  }

  private static SmtQuestion gap(String why) {
    return new SmtQuestion(List.of(), List.of(), Optional.of(why));
  }
}
