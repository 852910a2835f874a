package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.run.RoundingDeparture;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Convolutions of 3 × 3 windows that take less time by Winograd's algorithm, and how far they are
 * off then. The choice looks at sizes of one image alone: neither batch nor processor decides.
 */
public final class WinogradChoice {
  private static final int WINDOW = 20;
  private static final int TAPS = 9;

  /** Multiply-adds, numbers transformed and bytes of weights that take a second. */
  private static final double PRODUCTS = 5e10;

  private static final double TRANSFORMED = 5e9;
  private static final double WEIGHTS = 2e10;

  /** What a gain must be worth. */
  private static final double SHARE = 0.9;

  private WinogradChoice() {}

  public static List<KernelCall> of(List<KernelCall> instructions) {
    return instructions.stream().map(WinogradChoice::chosen).toList();
  }

  private static KernelCall chosen(KernelCall call) {
    if (call.opcode() != KernelOpcode.CONV || !fits(call.attributes())) {
      return call;
    }
    int side = seconds(call, 2) < seconds(call, 4) ? 2 : 4;
    List<Long> attributes = new ArrayList<>(call.attributes());
    attributes.set(WINDOW + 1, (long) side);
    return seconds(call, side) < SHARE * direct(call)
        ? new KernelCall(KernelOpcode.WINOGRAD, call.operands(), attributes, call.nodes())
        : call;
  }

  /** In two axes, 3 × 3, one apart, in one group. */
  private static boolean fits(List<Long> a) {
    boolean flat = a.get(2) == 1 && a.get(5) == 1 && a.get(17) == 0;
    return flat
        && a.subList(8, 17).equals(LoweringContext.longs(1, 3, 3, a.get(11), 1, 1, a.get(14), 1, 1))
        && a.get(WINDOW + 1) == 1;
  }

  private static double direct(KernelCall call) {
    List<Long> a = call.attributes();
    return (double) TAPS * a.get(6) * a.get(7) * a.get(1) * a.get(WINDOW) / PRODUCTS;
  }

  private static double seconds(KernelCall call, int side) {
    List<Long> a = call.attributes();
    double square = (side + 2.0) * (side + 2);
    double tiles = Math.ceil((double) a.get(6) / side) * Math.ceil((double) a.get(7) / side);
    double weights = square * a.get(1) * a.get(WINDOW);
    double transforms = tiles * square * (a.get(1) + a.get(WINDOW)) / TRANSFORMED;
    return Math.max(tiles * weights / PRODUCTS, Float.BYTES * weights / WEIGHTS) + transforms;
  }

  /** How far each of them may be off. */
  public static List<RoundingDeparture> departures(KernelPlanner.Listed listed) {
    return listed.instructions().stream()
        .filter(call -> call.opcode() == KernelOpcode.WINOGRAD)
        .map(call -> departure(call, listed.weights().get(call.operands().get(1).index())))
        .toList();
  }

  private static RoundingDeparture departure(KernelCall call, Tensor weight) {
    int side = Math.toIntExact(call.attributes().get(WINDOW + 1));
    int channels = Math.toIntExact(call.attributes().get(1));
    return new RoundingDeparture(
        call.nodes().get(0),
        String.format(Locale.ROOT, "Winograd F(%d × %d, 3 × 3)", side, side),
        WinogradBound.of(side).perUnit(weight, channels));
  }
}
