package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a program's names stand for, followed through views and calls that overwrite. */
final class Names {
  private static final String WEIGHT = "weight ";

  private final Memory memory = new Memory();
  private final Layouts layouts = new Layouts();
  private final Set<String> weights = new HashSet<>();
  private final Function<Step, Item> rules;
  private final boolean follows;
  private int hidden;

  /**
   * No names yet.
   *
   * @param rules what a call answers, for views that are made anew
   * @param follows whether overwriting is followed; without it only types can be relied on
   */
  Names(Function<Step, Item> rules, boolean follows) {
    this.rules = rules;
    this.follows = follows;
  }

  void bind(Map<String, Item> bound) {
    bound.forEach(this::put);
    bound.forEach((name, item) -> weigh(name, item));
  }

  private void weigh(String name, Item item) {
    if (item instanceof Item.Weight) {
      weights.add(name);
    }
  }

  void put(String name, Item item) {
    memory.put(name, item);
  }

  /** What a name stands for, if it is known. */
  Optional<Item> known(String name) {
    return memory.get(name);
  }

  Item resolved(Item item) {
    if (item instanceof Item.Ref ref) {
      return memory.get(ref.name()).orElseThrow(() -> missing(ref));
    }
    return item instanceof Item.Many many
        ? new Item.Many(many.items().stream().map(this::resolved).toList())
        : item;
  }

  private static ModelImportException missing(Item.Ref ref) {
    return new ModelImportException(
        new Diagnosis(
            "value " + ref.name() + " is used before anything makes it",
            "",
            "a program names a value first and reads it then",
            "export the model again"));
  }

  /** Gives the results of a call their names. */
  void results(Call call, Item result, List<Moved.Put> trail) {
    Step step = call.step();
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
  private Optional<String> first(Step step) {
    Item item = step.arguments().isEmpty() ? Item.NOTHING : step.arguments().get(0).item();
    if (item instanceof Item.Weight weight) {
      String name = WEIGHT + weight.parameter().name();
      memory.put(name, item);
      weights.add(name);
      return Optional.of(name);
    }
    return item instanceof Item.Ref ref ? Optional.of(ref.name()) : Optional.empty();
  }

  private void name(Step step, Item result, Optional<Memory.Tie> tie) {
    List<String> names = step.results();
    if (step.spread() && result instanceof Item.Many many) {
      String list = hidden();
      memory.put(list, result);
      tie.ifPresent(t -> memory.tie(list, t));
      for (int i = 0; i < Math.min(many.items().size(), names.size()); i++) {
        memory.put(names.get(i), many.items().get(i));
        memory.tie(names.get(i), new Memory.Tie(list, new View.Element(i), true));
      }
    } else if (!names.isEmpty()) {
      memory.put(names.get(0), result);
      tie.ifPresent(t -> memory.tie(names.get(0), t));
    }
  }

  private String hidden() {
    return "list " + hidden++;
  }

  private Optional<Memory.Tie> tie(Step step, String first, Item result, List<Moved.Put> trail) {
    Target target = step.target();
    Item whole = resolved(new Item.Ref(first));
    if (target.name().equals("_operator.getitem") && whole instanceof Item.Many many) {
      return Optional.of(
          new Memory.Tie(first, new View.Element(many.items().indexOf(result)), true));
    }
    boolean rows = layouts.of(first) == Layouts.Order.ROWS;
    boolean sure = rows || !Aliases.isConditional(target);
    if (Aliases.isSame(target)) {
      boolean copy = !whole.equals(result) || (!sure && layouts.of(first) == Layouts.Order.OTHER);
      return copy ? Optional.empty() : Optional.of(new Memory.Tie(first, View.SAME, sure));
    }
    if (!Aliases.isView(target)) {
      return Optional.empty();
    }
    Optional<Moved> moved = Moved.traced(whole, result, trail, item -> again(step, item));
    return Optional.of(
        moved
            .map(view -> new Memory.Tie(first, view, sure || whole.equals(result)))
            .orElse(new Memory.Tie(first, View.SAME, false)));
  }

  /** What a call answers for another first argument. */
  private Item again(Step step, Item first) {
    List<Step.Argument> arguments = new java.util.ArrayList<>(step.arguments());
    arguments.set(0, new Step.Argument(arguments.get(0).name(), first));
    return rules.apply(
        new Step(step.path(), step.target(), arguments, step.results(), step.spread()));
  }

  private void overwritten(Call call, String first, Item result, List<Moved.Put> trail) {
    Item before = resolved(new Item.Ref(first));
    Item after = before;
    if (Aliases.isView(call.step().target())) {
      after = result;
      turned(call.step(), first, result, trail);
    } else if (!result.equals(before)) {
      requireOwn(call, first);
      after = fitting(call, before, result);
      memory.overwrite(first, after, call);
    }
    name(call.step(), after, Optional.of(new Memory.Tie(first, View.SAME, true)));
  }

  /** A name that from now on looks at its own memory in another way. */
  private void turned(Step step, String name, Item result, List<Moved.Put> trail) {
    String list = hidden();
    Optional<Memory.Tie> tie = tie(step, name, result, trail);
    memory.rename(name, list);
    memory.put(name, result);
    tie.ifPresent(t -> memory.tie(name, new Memory.Tie(list, t.view(), t.sure())));
  }

  /** What overwrites keeps the element type of what was there. */
  private static Item fitting(Call call, Item before, Item result) {
    Type type = call.value(before, "the first").type();
    var value = Promotion.cast(call, call.value(result, "the result"), type.dtype());
    return new Item.Flow(call.expanded(value, type.shape()));
  }

  private void requireOwn(Call call, String name) {
    String whole = memory.whole(name);
    if (weights.contains(whole)) {
      throw call.refused(
          call.step().target().text() + " overwrites the model's own tensor " + whole,
          "a model that changes itself while it runs has no fixed graph",
          "write .clone() before it and export again");
    }
  }

  private Shape shape(String name) {
    return memory.get(name).orElse(Item.NOTHING) instanceof Item.Flow flow
            && flow.value().type().isTensor()
        ? flow.value().type().shape()
        : Shape.SCALAR;
  }
}
