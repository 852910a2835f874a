package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import dev.axiomml.interop.pytorch.aten.assembly.ProgramDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The calls that are written down, and what is known of their results. */
final class CallRecording {
  private static final int MOST = 200_000;
  private static final Set<String> COUNTS = Set.of("size", "sym_size", "sym_numel", "numel");
  private static final Set<String> SUMS =
      Set.of("add", "sub", "rsub", "mul", "floor_divide", "remainder", "pow", "_operator.getitem");

  private static final String SEVERAL =
      "(unsafe_)?chunk|(unsafe_|tensor_)?split.*|median|unbind|lstm.*|gru|rnn_.*|max|min|topk|sort"
          + "|.*_with_indices|adaptive_max.*|_?native_.*|.*_mean|meshgrid|broadcast_tensors";

  private final ProgramDraft draft;
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> lists = new HashSet<>();

  CallRecording(Function<String, Type> inputs) {
    this.draft = new ProgramDraft(inputs);
  }

  List<AtenStep> steps() {
    return draft.steps();
  }

  /** Writes down a call and names its result. */
  AtenItem.Ref step(String path, CallTarget target, List<AtenStep.Argument> arguments) {
    if (draft.size() >= MOST) {
      throw new IllegalArgumentException("the model makes more than " + MOST + " calls");
    }
    String result = "value" + draft.size();
    if (isNumber(target, arguments)) {
      numbers.add(result);
    }
    if (target.name().matches(SEVERAL) && !isLone(target, arguments)) {
      lists.add(result);
    }
    draft.add(new AtenStep(path, target, arguments, List.of(result), false));
    return new AtenItem.Ref(result);
  }

  /** Whether an extreme is that of all elements, or of two tensors: one result. */
  private boolean isLone(CallTarget target, List<AtenStep.Argument> arguments) {
    return target.name().matches("max|min|median")
        && (arguments.size() == 1 || isTensor(arguments.get(1).item()));
  }

  private boolean isNumber(CallTarget target, List<AtenStep.Argument> arguments) {
    boolean whole = target.name().endsWith("numel");
    boolean count = COUNTS.contains(target.name()) && (whole || arguments.size() == 2);
    return count
        || (SUMS.contains(target.name()) && arguments.stream().allMatch(a -> isNumeric(a.item())));
  }

  /** Whether an item is a number, perhaps one that is computed later. */
  boolean isNumeric(AtenItem item) {
    return item instanceof AtenItem.Ref ref
        ? numbers.contains(ref.name())
        : item instanceof AtenItem.Size
            || item instanceof AtenItem.Real
            || item instanceof AtenItem.Flag;
  }

  /** Whether an item is a tensor, or may be one. */
  boolean isTensor(AtenItem item) {
    return item instanceof AtenItem.Weight || (item instanceof AtenItem.Ref && !isNumeric(item));
  }

  /** Whether a call has several results, or may have. */
  boolean isSeveral(AtenItem item) {
    return item instanceof AtenItem.Ref ref && lists.contains(ref.name());
  }

  /** The item; where it names a number, that number, and where it names a list, its elements. */
  AtenItem settled(AtenItem item, String path) {
    if (!(item instanceof AtenItem.Ref ref)) {
      return item;
    }
    AtenItem known = draft.item(ref.name());
    if (known instanceof AtenItem.Many many) {
      List<AtenItem> elements = new ArrayList<>();
      for (int i = 0; i < many.items().size(); i++) {
        elements.add(settled(element(ref, i, path), path));
      }
      return new AtenItem.Many(elements);
    }
    boolean tensor = known instanceof AtenItem.Flow || known instanceof AtenItem.Weight;
    return tensor ? item : known;
  }

  /** One of the results of a call that has several. */
  AtenItem.Ref element(AtenItem sequence, int index, String path) {
    return step(
        path,
        CallTarget.of("_operator.getitem"),
        List.of(
            new AtenStep.Argument("a", sequence), new AtenStep.Argument("b", AtenItem.of(index))));
  }

  /** The type of a tensor. */
  Type type(AtenItem item) {
    return draft.type(item instanceof AtenItem.Ref ref ? draft.item(ref.name()) : item);
  }
}
