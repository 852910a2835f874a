package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.run.SizedInterpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.NotYet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graphs that a waiting node becomes as it runs, by the types of its operands and by the
 * numbers that its rule asks for. The most recent few are kept, so that a call of types and numbers
 * that were there before runs a graph and reads nothing of the file.
 *
 * <p>All of one node are alike: what they keep is no part of what the node is.
 */
final class NodeStages {
  private static final int KEPT = 16;
  private static final int FEW = 4096;

  private final Map<List<Type>, Set<String>> asked = new LinkedHashMap<>(KEPT, 0.75f, true);
  private final Map<StageKey, Graph> made = new LinkedHashMap<>(KEPT, 0.75f, true);

  /** A tensor that is the same one or another, whatever the numbers in it. */
  private record SameTensor(Tensor tensor) {
    @Override
    @SuppressWarnings("ReferenceEquality") // weights are large, and replaced by other objects
    public boolean equals(Object other) {
      return other instanceof SameTensor same && same.tensor == tensor;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(tensor);
    }
  }

  /**
   * What a graph is made for.
   *
   * @param types of all operands
   * @param constants those that never change, by identity
   * @param numbers those that were asked for
   */
  private record StageKey(
      List<Type> types, Map<String, SameTensor> constants, Map<String, Tensor> numbers) {}

  /**
   * A node with its operands in a call.
   *
   * @param call the node
   * @param types of all operands by name, in order
   * @param tensors their tensors
   * @param same the names of those that are the same in each call
   */
  private record NodeCall(
      ProgramNode call, Map<String, Type> types, Map<String, Tensor> tensors, Set<String> same) {
    List<Type> key() {
      return List.copyOf(types.values());
    }

    Graph graph(Set<String> names) {
      Map<String, Tensor> known = new LinkedHashMap<>(tensors);
      known.keySet().retainAll(names);
      return call.graph(types, known);
    }

    boolean isDecidedBy(Set<String> names) {
      try {
        return !call.isOpen(graph(names));
      } catch (AxiomException | NotYet undecided) {
        return false; // with all numbers it says what is wrong, if anything is
      }
    }

    /** Constants alone; with each list of whole numbers; with all of them. */
    List<Set<String>> candidates() {
      List<Set<String>> all = new ArrayList<>(List.of(same));
      Set<String> wholes = new LinkedHashSet<>(same);
      tensors.forEach(
          (name, tensor) -> {
            if (!same.contains(name) && !tensor.dtype().isFloat() && tensor.size() <= FEW) {
              Set<String> one = new LinkedHashSet<>(same);
              one.add(name);
              wholes.add(name);
              all.add(one);
            }
          });
      all.add(wholes);
      return all;
    }

    StageKey stage(Set<String> names) {
      Map<String, SameTensor> constants = new HashMap<>();
      Map<String, Tensor> numbers = new HashMap<>();
      tensors.forEach(
          (name, tensor) -> {
            if (names.contains(name) && same.contains(name)) {
              constants.put(name, new SameTensor(tensor));
            } else if (names.contains(name)) {
              numbers.put(name, tensor);
            }
          });
      return new StageKey(key(), constants, numbers);
    }

    List<RuntimeValue> inputs(Set<String> names) {
      List<RuntimeValue> in = new ArrayList<>();
      tensors.forEach(
          (name, tensor) -> {
            if (!names.contains(name)) {
              in.add(tensor);
            }
          });
      return in;
    }
  }

  /** The outputs of a node for operands, some of which are the same in each call. */
  List<RuntimeValue> run(ProgramNode call, Map<String, RuntimeValue> operands, Set<String> same) {
    Map<String, Type> types = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    operands.forEach(
        (name, value) -> {
          types.put(name, RuntimeTypes.of(value));
          if (value instanceof Tensor tensor) {
            tensors.put(name, tensor);
          }
        });
    if (tensors.size() < operands.size()) {
      return call.graph(types, operands).read(List.of(), new SizedInterpreter());
    }
    NodeCall node = new NodeCall(call, types, tensors, same);
    Set<String> names = asked(node);
    Optional<Graph> graph = graph(node, names);
    Set<String> told = graph.isPresent() ? names : tensors.keySet();
    return graph.orElseGet(() -> node.graph(told)).read(node.inputs(told), new SizedInterpreter());
  }

  /** Empty where other numbers of those operands do not decide. */
  private Optional<Graph> graph(NodeCall node, Set<String> names) {
    StageKey key = node.stage(names);
    Optional<Graph> known = kept(made, key);
    if (known.isPresent() || !node.isDecidedBy(names)) {
      return known;
    }
    Graph graph = node.graph(names);
    if (key.numbers().values().stream().allMatch(tensor -> tensor.size() <= FEW)) {
      keep(made, key, graph);
    }
    return Optional.of(graph);
  }

  /** The operands whose numbers tell the graph: as few as are found to do. */
  private Set<String> asked(NodeCall node) {
    Optional<Set<String>> known = kept(asked, node.key());
    if (known.isPresent()) {
      return known.get();
    }
    Set<String> found =
        node.candidates().stream()
            .filter(node::isDecidedBy)
            .findFirst()
            .orElse(node.tensors().keySet());
    keep(asked, node.key(), Set.copyOf(found));
    return found;
  }

  private static <K, V> Optional<V> kept(Map<K, V> map, K key) {
    synchronized (map) {
      return Optional.ofNullable(map.get(key));
    }
  }

  private static <K, V> void keep(Map<K, V> map, K key, V value) {
    synchronized (map) {
      map.put(key, value);
      if (map.size() > KEPT) {
        map.remove(map.keySet().iterator().next());
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeStages;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "";
  }
}
