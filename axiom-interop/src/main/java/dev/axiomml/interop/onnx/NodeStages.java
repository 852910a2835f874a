package dev.axiomml.interop.onnx;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.run.SizedInterpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
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
    Set<String> names = asked(call, types, tensors, same);
    Graph graph = graph(call, types, tensors, same, names);
    List<RuntimeValue> in = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          if (!names.contains(name)) {
            in.add(tensor);
          }
        });
    return graph.read(in, new SizedInterpreter());
  }

  private Graph graph(
      ProgramNode call,
      Map<String, Type> types,
      Map<String, Tensor> tensors,
      Set<String> same,
      Set<String> names) {
    Map<String, SameTensor> constants = new HashMap<>();
    Map<String, Tensor> numbers = new HashMap<>();
    for (String name : names) {
      Tensor tensor = tensors.get(name);
      if (same.contains(name)) {
        constants.put(name, new SameTensor(tensor));
      } else {
        numbers.put(name, tensor);
      }
    }
    StageKey key = new StageKey(List.copyOf(types.values()), constants, numbers);
    Optional<Graph> known = kept(made, key);
    if (known.isPresent()) {
      return known.get();
    }
    Graph graph = call.graph(types, only(tensors, names));
    boolean few = numbers.values().stream().allMatch(tensor -> tensor.size() <= FEW);
    if (few) {
      keep(made, key, graph);
    }
    return graph;
  }

  /** The operands whose numbers tell the graph: as few as are found to do. */
  private Set<String> asked(
      ProgramNode call, Map<String, Type> types, Map<String, Tensor> tensors, Set<String> same) {
    List<Type> key = List.copyOf(types.values());
    Optional<Set<String>> known = kept(asked, key);
    if (known.isPresent()) {
      return known.get();
    }
    Set<String> found =
        candidates(tensors, same).stream()
            .filter(names -> isDecided(call, types, only(tensors, names)))
            .findFirst()
            .orElse(tensors.keySet());
    keep(asked, key, Set.copyOf(found));
    return found;
  }

  /** Constants alone; with each list of whole numbers; with all of them. */
  private static List<Set<String>> candidates(Map<String, Tensor> tensors, Set<String> same) {
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

  private static boolean isDecided(
      ProgramNode call, Map<String, Type> types, Map<String, Tensor> known) {
    try {
      return !call.isOpen(call.graph(types, known));
    } catch (AxiomException | NotYet undecided) {
      return false; // with all numbers it says what is wrong, if anything is
    }
  }

  private static Map<String, Tensor> only(Map<String, Tensor> tensors, Set<String> names) {
    Map<String, Tensor> some = new LinkedHashMap<>(tensors);
    some.keySet().retainAll(names);
    return some;
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
