package dev.axiomml.backend.jni.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins a product with one known number a channel and the sum with another that follows it, as
 * norms with running statistics leave them, where nothing else reads what lies between.
 *
 * <p>At most one rounding is left out, so proofs hold for the fused plan; it is done at every
 * level, so levels agree in every bit.
 */
public final class ScaleFusion {
  private final List<KernelCall> instructions;

  private ScaleFusion(List<KernelCall> instructions) {
    this.instructions = instructions;
  }

  public static List<KernelCall> of(List<KernelCall> instructions) {
    return new ScaleFusion(instructions).joined();
  }

  private List<KernelCall> joined() {
    Map<MemorySlot, KernelCall> products = new HashMap<>();
    Map<KernelCall, KernelCall> sums = new IdentityHashMap<>();
    Set<KernelCall> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (KernelCall call : instructions) {
      Optional<Channels> channels = Channels.of(call);
      if (call.opcode() == KernelOpcode.MUL && channels.isPresent() && isPrivate(call.output())) {
        products.put(call.output(), call);
      }
      KernelCall product = channels.map(c -> products.get(c.data)).orElse(null);
      if (call.opcode() == KernelOpcode.ADD && product != null && haveSameChannels(product, call)) {
        gone.add(product);
        sums.put(call, scaleShift(product, call));
      }
    }
    return instructions.stream()
        .filter(call -> !gone.contains(call))
        .map(call -> sums.getOrDefault(call, call))
        .toList();
  }

  /** Whether it is written once and read once. */
  private boolean isPrivate(MemorySlot slot) {
    long written = instructions.stream().filter(i -> i.output().sameMemory(slot)).count();
    long read = instructions.stream().mapToLong(i -> i.reads(slot)).sum();
    return slot.isIntermediate() && written == 1 && read == 1;
  }

  private static boolean haveSameChannels(KernelCall product, KernelCall sum) {
    int factors = Channels.of(product).orElseThrow().known.count();
    return factors == Channels.of(sum).orElseThrow().known.count();
  }

  private static KernelCall scaleShift(KernelCall product, KernelCall sum) {
    Channels factor = Channels.of(product).orElseThrow();
    Channels offset = Channels.of(sum).orElseThrow();
    long channels = factor.known.count();
    long rows = sum.output().count() / channels;
    List<String> nodes = new ArrayList<>(product.nodes());
    nodes.addAll(sum.nodes());
    return new KernelCall(
        KernelOpcode.SCALE_SHIFT,
        List.of(factor.data, factor.known, offset.known, sum.output()),
        LoweringContext.longs(rows, channels),
        nodes);
  }

  /** A value, and known numbers of its last axis. */
  private record Channels(MemorySlot data, MemorySlot known) {
    static Optional<Channels> of(KernelCall call) {
      boolean pair = call.opcode() == KernelOpcode.MUL || call.opcode() == KernelOpcode.ADD;
      List<MemorySlot> in = call.inputs();
      return pair && in.size() == 2
          ? of(call, in.get(0), in.get(1)).or(() -> of(call, in.get(1), in.get(0)))
          : Optional.empty();
    }

    private static Optional<Channels> of(KernelCall call, MemorySlot data, MemorySlot known) {
      int channels = known.count();
      boolean fits =
          known.space() == MemorySlot.Space.WEIGHTS
              && data.count() == call.output().count()
              && data.count() > channels
              && data.count() % channels == 0;
      int[] along = {channels, 1};
      int[] still = {0, 1};
      boolean first = call.inputs().get(0).equals(data);
      int[] sizes = {data.count() / Math.max(1, channels), channels};
      List<StridedLoop> loops =
          first ? StridedLoop.all(sizes, along, still) : StridedLoop.all(sizes, still, along);
      return fits && call.attributes().equals(StridedLoop.attributes(StridedLoop.merged(loops)))
          ? Optional.of(new Channels(data, known))
          : Optional.empty();
    }
  }
}
