package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.ScriptScalarTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A program while it is being written: it knows the types of values already, as far as somebody
 * asks.
 */
public final class ProgramDraft {
  private final Function<String, Type> inputs;
  private final ProgramAssembly assembly = ProgramAssembly.ofTypes();
  private final List<AtenStep> steps = new ArrayList<>();
  private final Map<String, Integer> makers = new HashMap<>();
  private final Set<String> bound = new HashSet<>();
  private final BitSet done = new BitSet();

  /**
   * An empty program.
   *
   * @param inputs the types of names that no step makes; asked when a value needs them
   */
  public ProgramDraft(Function<String, Type> inputs) {
    this.inputs = inputs;
  }

  /** Appends a call. */
  public void add(AtenStep step) {
    step.results().forEach(result -> makers.put(result, steps.size()));
    steps.add(step);
  }

  /** The calls so far. */
  public List<AtenStep> steps() {
    return List.copyOf(steps);
  }

  /** How many calls there are. */
  public int size() {
    return steps.size();
  }

  /** What a name stands for: a number, a tensor of a known type, or a list of them. */
  public AtenItem item(String name) {
    for (int step : needed(name)) {
      UnsupportedCalls.refuse(
          new AtenProgram(List.of(), Map.of(), List.of(steps.get(step)), List.of()));
      assembly.step(steps.get(step));
      done.set(step);
    }
    return assembly.resolved(new AtenItem.Ref(name));
  }

  /** The steps that make a name and have not been looked at yet, in order. */
  private Set<Integer> needed(String name) {
    Set<Integer> needed = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      Integer maker = makers.get(next);
      if (maker == null) {
        bind(next);
      } else if (!done.get(maker) && needed.add(maker)) {
        open.addAll(steps.get(maker).reads());
      }
    }
    return needed;
  }

  private void bind(String input) {
    if (bound.add(input)) {
      assembly.input(input, inputs.apply(input));
    }
  }

  /** The type of a tensor; the item is one. */
  public Type type(AtenItem item) {
    return assembly.value(assembly.resolved(item), "the value").type();
  }

  /** PyTorch's number of an element type. */
  public static long number(DType dtype) {
    return ScriptScalarTypes.number(dtype);
  }
}
