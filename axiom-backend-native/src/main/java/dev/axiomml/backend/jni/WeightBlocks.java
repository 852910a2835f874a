package dev.axiomml.backend.jni;

import dev.axiomml.core.tensor.FloatSource;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of one model as kernels read them. A block is made once, from the memory in which the
 * weight lies, for the plans of all sizes; it goes with the last plan that reads it. Its memory is
 * kept for the next block of its size while others of that size are in use: weights that were
 * replaced once are replaced again.
 */
final class WeightBlocks {
  private final Map<Key, Block> blocks = new HashMap<>();
  private final Map<Size, Integer> inUse = new HashMap<>();
  private final Map<Size, Deque<Long>> spare = new HashMap<>();

  /** What a block is made of: memory with strides and factors, and how kernels want it. */
  private record Key(FloatSource source, Size size) {}

  /** What decides how large a block is. */
  private record Size(WeightPacking packing, int elements) {}

  /** A block in use. */
  static final class Block {
    private final Key key;
    private final long address;
    private int users;

    private Block(Key key, long address) {
      this.key = key;
      this.address = address;
    }

    long address() {
      return address;
    }
  }

  /** The blocks of some weights, held until they are given back; none where one cannot be made. */
  public synchronized List<Block> take(List<Tensor> weights, List<WeightPacking> packings) {
    List<Block> taken = new ArrayList<>();
    try {
      for (int i = 0; i < weights.size(); i++) {
        taken.add(take(weights.get(i), packings.get(i)));
      }
    } catch (RuntimeException e) {
      give(taken);
      throw e;
    }
    return List.copyOf(taken);
  }

  private Block take(Tensor weight, WeightPacking packing) {
    Key key = new Key(TensorMemory.source(weight), new Size(packing, weight.size()));
    Block known = blocks.get(key);
    Block block = known != null ? known : new Block(key, packed(key, room(key.size)));
    if (known == null) {
      blocks.put(key, block);
      inUse.merge(key.size, 1, Integer::sum);
    }
    block.users++;
    return block;
  }

  private long room(Size size) {
    Deque<Long> free = spare.get(size);
    Long address = free == null ? null : free.pollFirst();
    return address == null ? 0 : address;
  }

  synchronized void give(List<Block> used) {
    for (Block block : used) {
      if (--block.users == 0) {
        blocks.remove(block.key);
        keep(block.key.size, block.address);
      }
    }
  }

  private void keep(Size size, long address) {
    int left = inUse.merge(size, -1, Integer::sum);
    Deque<Long> free = spare.computeIfAbsent(size, s -> new ArrayDeque<>());
    free.addFirst(address);
    while (free.size() > left) {
      Kernels.memoryFree(free.removeLast());
    }
  }

  private static long packed(Key key, long into) {
    Optional<FloatBuffer> direct = key.source.direct().filter(WeightBlocks::isAligned);
    float[] array = direct.isPresent() ? new float[0] : key.source.array();
    ByteBuffer words = words(key, direct.map(FloatBuffer::capacity).orElse(array.length));
    long count = words.position() / Long.BYTES;
    long block =
        direct.isPresent()
            ? Kernels.blockOfBuffer(words, count, direct.get(), into)
            : Kernels.blockOfArray(words, count, array, into);
    if (block < 0 && into != 0) {
      Kernels.memoryFree(into);
    }
    return KernelStatus.require(block, "packing a weight", List.of());
  }

  private static boolean isAligned(FloatBuffer buffer) {
    return Kernels.address(buffer) % Float.BYTES == 0;
  }

  /** See {@code native-kernels/src/weight.zig}. */
  private static ByteBuffer words(Key key, long capacity) {
    FloatSource source = key.source;
    List<Long> head = new ArrayList<>();
    head.add((long) source.start());
    head.add(capacity - source.start());
    head.add(key.size.packing.groups());
    head.add(key.size.packing.k());
    head.add(key.size.packing.n());
    head.add(key.size.packing.tile());
    head.add((long) source.axes());
    long elements = 1;
    for (int axis = 0; axis < source.axes(); axis++) {
      head.add((long) source.size(axis));
      head.add((long) source.step(axis));
      elements *= source.size(axis);
    }
    List<double[]> factors = source.factors();
    head.add((long) factors.size());
    int channels = factors.isEmpty() ? 0 : factors.get(0).length;
    head.add(factors.isEmpty() ? elements : channels);
    ByteBuffer words =
        ByteBuffer.allocateDirect(Long.BYTES * (head.size() + factors.size() * channels))
            .order(ByteOrder.nativeOrder());
    head.forEach(words::putLong);
    for (double[] factor : factors) {
      for (double f : factor) {
        words.putDouble(f);
      }
    }
    return words;
  }
}
