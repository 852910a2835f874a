package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a program's names stand for, followed through views and calls that overwrite. */
final class NameBindings {
  private static final String WEIGHT = "weight ";

  private final NameMemory memory = new NameMemory();
  private final MemoryLayouts layouts = new MemoryLayouts();
  private final Set<String> weights = new HashSet<>();
  private final Function<AtenStep, AtenItem> rules;
  private final boolean follows;
  private int hidden;

  /**
   * No names yet.
   *
   * @param rules what a call answers, for views that are made anew
   * @param follows whether overwriting is followed; without it only types can be relied on
   */
  NameBindings(Function<AtenStep, AtenItem> rules, boolean follows) {
    this.rules = rules;
    this.follows = follows;
  }

  void bind(Map<String, AtenItem> bound) {
    bound.forEach(this::put);
    bound.forEach((name, item) -> weigh(name, item));
  }

  private void weigh(String name, AtenItem item) {
    if (item instanceof AtenItem.Weight) {
      weights.add(name);
    }
  }

  void put(String name, AtenItem item) {
    memory.put(name, item);
  }

  /** What a name stands for, if it is known. */
  Optional<AtenItem> known(String name) {
    return memory.get(name);
  }

  AtenItem resolved(AtenItem item) {
    if (item instanceof AtenItem.Ref ref) {
      return memory.get(ref.name()).orElseThrow(() -> missing(ref));
    }
    return item instanceof AtenItem.Many many
        ? new AtenItem.Many(many.items().stream().map(this::resolved).toList())
        : item;
  }

  private static ModelImportException missing(AtenItem.Ref ref) {
    return new ModelImportException(
        new Diagnosis(
            "value " + ref.name() + " is used before anything makes it",
            "",
            "a program names a value first and reads it then",
            "export the model again"));
  }

  /** Gives the results of a call their names. */
  void results(AtenCall call, AtenItem result, List<MovedView.Put> trail) {
    AtenStep step = call.step();
    Optional<String> first = follows ? first(step) : Optional.empty();
    if (first.isEmpty()) {
      name(step, result, Optional.empty());
    } else if (step.target().inPlace()) {
      overwritten(call, first.get(), result, trail);
    } else {
      name(step, result, tie(step, first.get(), result, trail));
    }
    if (follows) {
      layouts.note(step, trail, first.map(this::shape).orElse(Shape.SCALAR));
    }
  }

  /** The name of the first argument; a weight gets one of its own. */
  private Optional<String> first(AtenStep step) {
    AtenItem item = step.arguments().isEmpty() ? AtenItem.NOTHING : step.arguments().get(0).item();
    if (item instanceof AtenItem.Weight weight) {
      String name = WEIGHT + weight.parameter().name();
      memory.put(name, item);
      weights.add(name);
      return Optional.of(name);
    }
    return item instanceof AtenItem.Ref ref ? Optional.of(ref.name()) : Optional.empty();
  }

  private void name(AtenStep step, AtenItem result, Optional<NameMemory.Tie> tie) {
    List<String> names = step.results();
    if (step.spread() && result instanceof AtenItem.Many many) {
      String list = hidden();
      memory.put(list, result);
      tie.ifPresent(t -> memory.tie(list, t));
      for (int i = 0; i < Math.min(many.items().size(), names.size()); i++) {
        memory.put(names.get(i), many.items().get(i));
        memory.tie(names.get(i), new NameMemory.Tie(list, new MemoryView.Element(i), true));
      }
    } else if (!names.isEmpty()) {
      memory.put(names.get(0), result);
      tie.ifPresent(t -> memory.tie(names.get(0), t));
    }
  }

  private String hidden() {
    return "list " + hidden++;
  }

  private Optional<NameMemory.Tie> tie(
      AtenStep step, String first, AtenItem result, List<MovedView.Put> trail) {
    CallTarget target = step.target();
    AtenItem whole = resolved(new AtenItem.Ref(first));
    if (target.name().equals("_operator.getitem") && whole instanceof AtenItem.Many many) {
      return Optional.of(
          new NameMemory.Tie(first, new MemoryView.Element(many.items().indexOf(result)), true));
    }
    boolean rows = layouts.of(first) == MemoryLayouts.Order.ROWS;
    boolean sure = rows || !AliasingCalls.isConditional(target);
    if (AliasingCalls.isSame(target)) {
      boolean copy =
          !whole.equals(result) || (!sure && layouts.of(first) == MemoryLayouts.Order.OTHER);
      return copy
          ? Optional.empty()
          : Optional.of(new NameMemory.Tie(first, MemoryView.SAME, sure));
    }
    if (!AliasingCalls.isView(target)) {
      return Optional.empty();
    }
    Optional<MovedView> moved = MovedView.traced(whole, result, trail, item -> again(step, item));
    return Optional.of(
        moved
            .map(view -> new NameMemory.Tie(first, view, sure || whole.equals(result)))
            .orElse(new NameMemory.Tie(first, MemoryView.SAME, false)));
  }

  /** What a call answers for another first argument. */
  private AtenItem again(AtenStep step, AtenItem first) {
    List<AtenStep.Argument> arguments = new java.util.ArrayList<>(step.arguments());
    arguments.set(0, new AtenStep.Argument(arguments.get(0).name(), first));
    return rules.apply(
        new AtenStep(step.path(), step.target(), arguments, step.results(), step.spread()));
  }

  private void overwritten(
      AtenCall call, String first, AtenItem result, List<MovedView.Put> trail) {
    AtenItem before = resolved(new AtenItem.Ref(first));
    AtenItem after = before;
    if (AliasingCalls.isView(call.step().target())) {
      after = result;
      turned(call.step(), first, result, trail);
    } else if (!result.equals(before)) {
      requireOwn(call, first);
      after = fitting(call, before, result);
      memory.overwrite(first, after, call);
    }
    name(call.step(), after, Optional.of(new NameMemory.Tie(first, MemoryView.SAME, true)));
  }

  /** A name that from now on looks at its own memory in another way. */
  private void turned(AtenStep step, String name, AtenItem result, List<MovedView.Put> trail) {
    String list = hidden();
    Optional<NameMemory.Tie> tie = tie(step, name, result, trail);
    memory.rename(name, list);
    memory.put(name, result);
    tie.ifPresent(t -> memory.tie(name, new NameMemory.Tie(list, t.view(), t.sure())));
  }

  /** What overwrites keeps the element type of what was there. */
  private static AtenItem fitting(AtenCall call, AtenItem before, AtenItem result) {
    Type type = call.value(before, "the first").type();
    var value = TypePromotion.cast(call, call.value(result, "the result"), type.dtype());
    return new AtenItem.Flow(call.expanded(value, type.shape()));
  }

  private void requireOwn(AtenCall call, String name) {
    String whole = memory.whole(name);
    if (weights.contains(whole)) {
      throw call.refused(
          call.step().target().text() + " overwrites the model's own tensor " + whole,
          "a model that changes itself while it runs has no fixed graph",
          "write .clone() before it and export again");
    }
  }

  private Shape shape(String name) {
    return memory.get(name).orElse(AtenItem.NOTHING) instanceof AtenItem.Flow flow
            && flow.value().type().isTensor()
        ? flow.value().type().shape()
        : Shape.SCALAR;
  }
}
