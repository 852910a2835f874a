package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Borders around tensors; PyTorch lists the widths from the last axis on. */
final class PaddingCalls {
  private static final Map<String, PadBy.Mode> MODES =
      Map.of(
          "reflect", PadBy.Mode.REFLECT,
          "replicate", PadBy.Mode.EDGE,
          "circular", PadBy.Mode.CIRCULAR);

  private PaddingCalls() {}

  static Value pad(AtenCall call) {
    String mode = call.text("mode");
    if (!mode.equals("constant")) {
      return by(call, "pad", mode);
    }
    return constant(call);
  }

  static Value constant(AtenCall call) {
    double value = call.given("value") ? call.number("value") : 0;
    Widths widths = Widths.of(call, "pad");
    return call.emit(new Pad(widths.before, widths.after, value), call.tensor("self"));
  }

  static Value by(AtenCall call, String width, String mode) {
    PadBy.Mode by = MODES.get(mode);
    if (by == null) {
      throw call.refused(
          "pad mode " + mode,
          "modes are constant, reflect, replicate and circular",
          "use one of them");
    }
    Widths widths = Widths.of(call, width);
    boolean cut = Stream.of(widths.before, widths.after).flatMap(List::stream).anyMatch(w -> w < 0);
    if (cut && by == PadBy.Mode.CIRCULAR) {
      throw call.refused(
          "a circular border of negative width",
          "what is cut off would come back on the other side",
          "cut the tensor with a slice first");
    }
    Op op = new PadBy(widths.before, widths.after, by);
    return call.emit(op, call.tensor("self"));
  }

  private record Widths(List<Integer> before, List<Integer> after) {
    static Widths of(AtenCall call, String name) {
      int rank = call.tensor("self").type().shape().rank();
      List<Integer> listed = call.wholes(name);
      List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
      List<Integer> after = new ArrayList<>(before);
      for (int i = 0; i < listed.size() / 2; i++) {
        before.set(rank - 1 - i, listed.get(2 * i));
        after.set(rank - 1 - i, listed.get(2 * i + 1));
      }
      return new Widths(before, after);
    }
  }
}
