package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two graphs that differ in the numbers of known floats alone, and so the tensors of one in place
 * of those of the other.
 */
public final class ReplacedTensors {
  private final Map<Tensor, Tensor> replaced = new IdentityHashMap<>();
  private final Map<Value, Value> pairs = new HashMap<>();

  private ReplacedTensors() {}

  /** What replaces the tensors of a graph; empty where the other differs in more than numbers. */
  public static Optional<ReplacedTensors> between(Graph before, Graph after) {
    ReplacedTensors tensors = new ReplacedTensors();
    return tensors.pair(before, after) ? Optional.of(tensors) : Optional.empty();
  }

  /** The tensor in place of one; itself where it is none of the graph's. */
  public Tensor of(Tensor before) {
    Tensor after = replaced.get(before);
    return after == null ? before : after;
  }

  private boolean pair(Graph before, Graph after) {
    List<Value> known = new ArrayList<>(before.constants().keySet());
    List<Value> others = new ArrayList<>(after.constants().keySet());
    boolean same =
        pairAll(before.inputs(), after.inputs())
            && pairAll(known, others)
            && before.nodes().size() == after.nodes().size();
    for (int i = 0; same && i < known.size(); i++) {
      same =
          before.parameter(known.get(i)).isPresent() == after.parameter(others.get(i)).isPresent()
              && replace(
                  before.constant(known.get(i)).orElseThrow(),
                  after.constant(others.get(i)).orElseThrow());
    }
    for (int i = 0; same && i < before.nodes().size(); i++) {
      same = pair(before.nodes().get(i), after.nodes().get(i));
    }
    return same && mean(before.outputs(), after.outputs());
  }

  private boolean pairAll(List<Value> before, List<Value> after) {
    boolean same = before.size() == after.size();
    for (int i = 0; same && i < before.size(); i++) {
      Value value = before.get(i);
      same = value.name().equals(after.get(i).name()) && value.type().equals(after.get(i).type());
      pairs.put(value, after.get(i));
    }
    return same;
  }

  /** One tensor that stands for several values must be replaced by one. */
  private boolean replace(Tensor before, Tensor after) {
    Tensor known = replaced.putIfAbsent(before, after);
    boolean numbers = before.dtype().isFloat() || before.equals(after);
    return numbers && (known == null || known.equals(after));
  }

  private boolean pair(Node before, Node after) {
    return before.name().equals(after.name())
        && mean(before.in(), after.in())
        && before.op().equals(after.op())
        && pairAll(before.out(), after.out());
  }

  private boolean mean(List<Value> before, List<Value> after) {
    boolean same = before.size() == after.size();
    for (int i = 0; same && i < before.size(); i++) {
      same = after.get(i).equals(pairs.get(before.get(i)));
    }
    return same;
  }
}
