package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The nodes of a file while they are written; values have ids until the end, then names. */
public final class NodeSheet {
  private final int opset;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> domains = new TreeMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final Set<String> ports = new HashSet<>();
  private int ids;

  /** A node: what it does, what it makes, and the name of the graph's node it belongs to. */
  private record Step(OnnxCall call, List<String> out, String scope) {}

  NodeSheet(int opset) {
    this.opset = opset;
  }

  /** The version of the operator set that is written. */
  public int opset() {
    return opset;
  }

  /** The versions of the other domains whose operators are written. */
  public Map<String, Integer> domains() {
    return Map.copyOf(domains);
  }

  /** Says that a domain is written in a version; answers the version that was said first. */
  int uses(String domain, int version) {
    return Objects.requireNonNullElse(domains.putIfAbsent(domain, version), version);
  }

  /** A fresh id. */
  public String id() {
    return "%" + ids++;
  }

  /** Puts a node down and answers the ids of its results. */
  List<String> add(String scope, OnnxCall call, int results) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      out.add(id());
    }
    steps.add(new Step(call, out, scope));
    return out;
  }

  /** The only result of a node. */
  public String one(String scope, OnnxCall call) {
    return add(scope, call, 1).get(0);
  }

  /** Says what a value and the node that makes it are called, unless that has been said. */
  public void title(String id, String value, String node) {
    if (values.putIfAbsent(id, value) == null) {
      nodes.put(id, node);
    }
  }

  /** What a value is called so far. */
  String called(String id) {
    return values.getOrDefault(id, "value");
  }

  /** Says that a value is the file's input or output of a name, once a value. */
  public boolean port(String id, String name, OnnxNames names) {
    if (!ports.add(id)) {
      return false;
    }
    names.call(id, name);
    values.putIfAbsent(id, name);
    return true;
  }

  /** The nodes, when all ports and weights have their names. */
  public List<NodeProto> nodes(OnnxNames names) {
    steps.forEach(
        step ->
            step.out.stream()
                .filter(values::containsKey)
                .forEach(id -> names.call(id, values.getOrDefault(id, id))));
    for (Step step : steps) {
      step.out.forEach(id -> names.call(id, step.scope + "." + word(step)));
    }
    OnnxNames titles = new OnnxNames();
    steps.forEach(
        step -> {
          if (nodes.containsKey(step.out.get(0))) {
            titles.call(step.out.get(0), nodes.getOrDefault(step.out.get(0), step.scope));
          }
        });
    return steps.stream()
        .map(step -> node(step, titles.call(step.out.get(0), step.scope + "." + word(step)), names))
        .toList();
  }

  private static String word(Step step) {
    return step.call.type().toLowerCase(java.util.Locale.ROOT);
  }

  private static NodeProto node(Step step, String title, OnnxNames names) {
    return NodeProto.of(step.call.type(), step.call.domain())
        .withName(title)
        .withInputs(step.call.in().stream().map(names::of).toList())
        .withOutputs(step.out.stream().map(names::of).toList())
        .withAttributes(step.call.attributes());
  }
}
