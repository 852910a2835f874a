package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.aten.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Layers one after another, as calls on one value. */
public final class Chain {
  private final Program.Input input;
  private final List<Step> steps = new ArrayList<>();
  private Item.Ref at;

  /** A chain that starts at an input. */
  public Chain(Program.Input input) {
    this.input = input;
    this.at = new Item.Ref(input.name());
  }

  /** Adds a layer. @throws dev.axiomml.core.error.ModelImportException when it has no row */
  public void add(Layer layer) {
    LayerTable.row(layer).apply(layer, this);
  }

  /** A call whose first argument is the value so far. */
  void call(Layer layer, String target, Item... more) {
    List<Step.Argument> arguments = new ArrayList<>();
    arguments.add(new Step.Argument("", at));
    for (Item item : more) {
      arguments.add(new Step.Argument("", item));
    }
    at = new Item.Ref("value" + steps.size());
    steps.add(new Step(layer.path(), Target.of(target), arguments, List.of(at.name()), false));
  }

  /** What was put together; its output is the value so far. */
  public Program program() {
    return new Program(List.of(input), Map.of(), steps, List.of(at));
  }
}
