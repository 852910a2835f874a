package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.Draft;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.aten.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The calls that are written down, and what is known of their results. */
final class Recording {
  private static final int MOST = 200_000;
  private static final Set<String> COUNTS = Set.of("size", "sym_size", "sym_numel", "numel");
  private static final Set<String> SUMS =
      Set.of("add", "sub", "rsub", "mul", "floor_divide", "remainder", "pow", "_operator.getitem");

  private static final String SEVERAL =
      "(unsafe_)?chunk|(unsafe_|tensor_)?split.*|median|unbind|lstm.*|gru|rnn_.*|max|min|topk|sort"
          + "|.*_with_indices|adaptive_max.*|_?native_.*|.*_mean|meshgrid|broadcast_tensors";

  private final Draft draft;
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> lists = new HashSet<>();

  Recording(Function<String, Type> inputs) {
    this.draft = new Draft(inputs);
  }

  List<Step> steps() {
    return draft.steps();
  }

  /** Writes down a call and names its result. */
  Item.Ref step(String path, Target target, List<Step.Argument> arguments) {
    if (draft.size() >= MOST) {
      throw new IllegalArgumentException("the model makes more than " + MOST + " calls");
    }
    String result = "value" + draft.size();
    if (isNumber(target, arguments)) {
      numbers.add(result);
    }
    if (target.name().matches(SEVERAL)) {
      lists.add(result);
    }
    draft.add(new Step(path, target, arguments, List.of(result), false));
    return new Item.Ref(result);
  }

  private boolean isNumber(Target target, List<Step.Argument> arguments) {
    boolean whole = target.name().endsWith("numel");
    boolean count = COUNTS.contains(target.name()) && (whole || arguments.size() == 2);
    return count
        || (SUMS.contains(target.name()) && arguments.stream().allMatch(a -> isNumeric(a.item())));
  }

  /** Whether an item is a number, perhaps one that is computed later. */
  boolean isNumeric(Item item) {
    return item instanceof Item.Ref ref
        ? numbers.contains(ref.name())
        : item instanceof Item.Size || item instanceof Item.Real || item instanceof Item.Flag;
  }

  /** Whether an item is a tensor, or may be one. */
  boolean isTensor(Item item) {
    return item instanceof Item.Weight || (item instanceof Item.Ref && !isNumeric(item));
  }

  /** Whether a call has several results, or may have. */
  boolean isSeveral(Item item) {
    return item instanceof Item.Ref ref && lists.contains(ref.name());
  }

  /** The item; where it names a number, that number, and where it names a list, its elements. */
  Item settled(Item item, String path) {
    if (!(item instanceof Item.Ref ref)) {
      return item;
    }
    Item known = draft.item(ref.name());
    if (known instanceof Item.Many many) {
      List<Item> elements = new ArrayList<>();
      for (int i = 0; i < many.items().size(); i++) {
        elements.add(settled(element(ref, i, path), path));
      }
      return new Item.Many(elements);
    }
    boolean tensor = known instanceof Item.Flow || known instanceof Item.Weight;
    return tensor ? item : known;
  }

  /** One of the results of a call that has several. */
  Item.Ref element(Item sequence, int index, String path) {
    return step(
        path,
        Target.of("_operator.getitem"),
        List.of(new Step.Argument("a", sequence), new Step.Argument("b", Item.of(index))));
  }

  /** The type of a tensor. */
  Type type(Item item) {
    return draft.type(item instanceof Item.Ref ref ? draft.item(ref.name()) : item);
  }
}
