package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.Set;

/** Which calls answer the memory of their first argument. */
final class AliasingCalls {
  /** Calls whose result may be the first argument itself. */
  private static final Set<String> SAME =
      Set.of(
          "alias",
          "detach",
          "contiguous",
          "dropout",
          "feature_dropout",
          "alpha_dropout",
          "lift_fresh",
          "to",
          "type_as");

  /** Calls whose result is a view of the first argument, or may be. */
  private static final Set<String> VIEWS =
      Set.of(
          "view",
          "reshape",
          "reshape_as",
          "flatten",
          "unflatten",
          "squeeze",
          "unsqueeze",
          "permute",
          "transpose",
          "swapaxes",
          "swapdims",
          "numpy_T",
          "mT",
          "t",
          "movedim",
          "select",
          "slice",
          "narrow",
          "expand",
          "expand_as",
          "broadcast_to",
          "as_strided",
          "diagonal",
          "view_as",
          "split",
          "split_with_sizes",
          "unsafe_split",
          "unsafe_split_with_sizes",
          "unsafe_chunk",
          "tensor_split",
          "chunk",
          "unbind");

  /** Views only of what lies in memory row by row, else copies. */
  private static final Set<String> CONDITIONAL =
      Set.of("contiguous", "reshape", "reshape_as", "flatten");

  private AliasingCalls() {}

  static boolean isSame(CallTarget target) {
    return SAME.contains(target.name());
  }

  static boolean isView(CallTarget target) {
    return VIEWS.contains(target.name());
  }

  static boolean isConditional(CallTarget target) {
    return CONDITIONAL.contains(target.name());
  }
}
