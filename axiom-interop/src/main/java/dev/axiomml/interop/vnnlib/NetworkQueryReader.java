package dev.axiomml.interop.vnnlib;

import dev.axiomml.interop.vnnlib.VnnCondition.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads VNN-LIB 2: declared networks, then what is asserted. */
final class NetworkQueryReader {
  private static final Pattern VERSION = Pattern.compile("<([0-9]+)\\.([0-9]+)>");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

  private final VnnTokens tokens;
  private final DeclaredTensors tensors;
  private final Map<String, VnnNetwork> networks = new LinkedHashMap<>();

  NetworkQueryReader(VnnTokens tokens) {
    this.tokens = tokens;
    this.tensors = new DeclaredTensors(tokens);
  }

  private static Map<String, Relation> relations() {
    Map<String, Relation> relations = new LinkedHashMap<>();
    relations.put("<=", Relation.LE);
    relations.put(">=", Relation.GE);
    relations.put("<", Relation.LT);
    relations.put(">", Relation.GT);
    relations.put("==", Relation.EQ);
    relations.put("!=", Relation.NE);
    return relations;
  }

  /** Reads a query; the bracket and the word before its version are taken. */
  VnnQuery read() {
    version();
    while (tokens.opens("declare-network")) {
      network();
    }
    if (networks.isEmpty()) {
      throw tokens.unexpected("(declare-network …)");
    }
    VnnFormulaReader formulas = new VnnFormulaReader(tokens, tensors, relations());
    List<VnnCondition> asserted = new ArrayList<>();
    while (tokens.opens("assert")) {
      asserted.add(formulas.formula());
      tokens.expect(")");
    }
    if (asserted.isEmpty() || !tokens.isAt(VnnTokens.END)) {
      throw tokens.unexpected("(assert …)");
    }
    return new VnnQuery(tokens.file(), List.copyOf(networks.values()), VnnCondition.all(asserted));
  }

  private void version() {
    var version = VERSION.matcher(tokens.current());
    if (!version.matches()) {
      throw tokens.unexpected("a version such as <2.0>");
    }
    if (!version.group(1).equals("2")) {
      throw tokens.refused(
          tokens.position(),
          "VNN-LIB " + version.group(1) + "." + version.group(2),
          "VNN-LIB 1.0 and 2.… are read",
          "write the query in VNN-LIB 2.0");
    }
    tokens.take();
    tokens.expect(")");
  }

  private void network() {
    int position = tokens.position();
    String name = newName();
    Optional<VnnNetwork> twin = twin();
    List<VnnTensor> inputs = section("declare-input");
    List<VnnTensor> hidden = section("declare-hidden");
    List<VnnTensor> outputs = section("declare-output");
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw tokens.unexpected(inputs.isEmpty() ? "(declare-input …)" : "(declare-output …)");
    }
    tokens.expect(")");
    VnnNetwork network = new VnnNetwork(name, twin.map(VnnNetwork::name), inputs, hidden, outputs);
    twin.ifPresent(other -> requireAlike(network, other, position));
    networks.put(name, network);
  }

  private String newName() {
    if (!NAME.matcher(tokens.current()).matches()) {
      throw tokens.unexpected("a name");
    }
    if (networks.containsKey(tokens.current()) || tensors.isDeclared(tokens.current())) {
      throw tokens.refused(
          tokens.position(),
          tokens.current() + " is declared twice",
          "networks and tensors each have a name of their own",
          "give another name");
    }
    return tokens.take();
  }

  /** The network that this one is said to be like. */
  private Optional<VnnNetwork> twin() {
    if (!tokens.opens("equal-to") && !tokens.opens("isomorphic-to")) {
      return Optional.empty();
    }
    VnnNetwork other = networks.get(tokens.current());
    if (other == null || other.sameAs().isPresent()) {
      throw tokens.refused(
          tokens.position(),
          tokens.current()
              + (other == null ? " is no network declared before" : " is itself like another"),
          "a network is like one that was declared before it and is like no other",
          "name one of " + networks.keySet());
    }
    tokens.take();
    tokens.expect(")");
    return Optional.of(other);
  }

  private void requireAlike(VnnNetwork network, VnnNetwork other, int position) {
    if (!types(network.inputs()).equals(types(other.inputs()))
        || !types(network.outputs()).equals(types(other.outputs()))) {
      throw tokens.refused(
          position,
          network.name() + " is declared like " + other.name() + " with other inputs or outputs",
          "like networks have the same numbers, types and sizes of inputs and outputs",
          "declare the tensors of " + network.name() + " as those of " + other.name());
    }
  }

  private static List<String> types(List<VnnTensor> tensors) {
    return tensors.stream().map(tensor -> tensor.elementType() + tensor.shape()).toList();
  }

  /** Declarations of one kind. */
  private List<VnnTensor> section(String word) {
    List<VnnTensor> section = new ArrayList<>();
    while (tokens.opens(word)) {
      section.add(tensors.declaration(word, newName()));
      tokens.expect(")");
    }
    return section;
  }
}
