package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Weights of a few bits, a scale and a zero point a block, which are unpacked at import. */
final class BlockRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("GatherBlockQuantized", BlockRules::gather),
          entry("MatMulNBits", BlockRules::matMul));

  private BlockRules() {}

  private static int bits(OnnxNodeContext at, int usual) {
    int bits = at.attributes().integer("bits", usual);
    if (bits != 2 && bits != 4 && bits != 8) {
      throw at.refuse(at.op() + " of " + bits + " bits", "2, 4 and 8 bits are known");
    }
    return bits;
  }

  /** Numbers of a few bits, the first in the lowest ones. */
  private record Bits(byte[] bytes, int each) {
    int at(int row, int rowBytes, int i) {
      int place = row * rowBytes + i * each / 8;
      return (bytes[place] & 0xff) >> (i * each % 8) & ((1 << each) - 1);
    }
  }

  private static Bits packed(OnnxNodeContext at, int i, int bits) {
    return new Bits(bytes(at.require(i)), bits);
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] all = new byte[tensor.asBytes().remaining()];
    tensor.asBytes().get(all);
    return all;
  }

  private static List<Value> matMul(OnnxNodeContext at) {
    if (at.attributes().integer("weight_prepacked", 0) != 0) {
      throw at.refuse("MatMulNBits with weight_prepacked", "that is a layout of one device");
    }
    Parameter weight = new Parameter(at.weight(1).name(), matrix(at).to(at.dtype(2)));
    Value matrix = at.folding().parameter(weight);
    return List.of(
        at.has(5)
            ? at.emit(new Dense(), at.in(0), matrix, at.in(5))
            : at.emit(new Dense(), at.in(0), matrix));
  }

  /** The weight (in, out) from rows (out, blocks, bytes of a block). */
  private static Tensor matrix(OnnxNodeContext at) {
    int bits = bits(at, 4);
    int in = at.attributes().integer("K", 0);
    int out = at.attributes().integer("N", 0);
    int block = at.attributes().integer("block_size", 32);
    int blocks = (in + block - 1) / block;
    Bits numbers = packed(at, 1, bits);
    float[] scales = at.require(2).toFloats();
    float[] zeros = zeros(at, out, blocks, bits);
    int[] group = groups(at, in, block);
    float[] w = new float[Math.multiplyExact(in, out)];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        int place = o * blocks + group[i];
        int number = numbers.at(o, blocks * block * bits / 8, i);
        w[i * out + o] = (number - zeros[place]) * scales[place];
      }
    }
    return TensorMemory.adopt(Shape.of(in, out), w);
  }

  private static int[] groups(OnnxNodeContext at, int in, int block) {
    int[] group = new int[in];
    if (at.has(4)) {
      long[] stated = at.require(4).toLongs();
      for (int i = 0; i < in; i++) {
        group[i] = Math.toIntExact(stated[i]);
      }
      return group;
    }
    for (int i = 0; i < in; i++) {
      group[i] = i / block;
    }
    return group;
  }

  /** One number a block, packed as the weights are, or as floats; in the middle if none. */
  private static float[] zeros(OnnxNodeContext at, int rows, int blocks, int bits) {
    if (at.has(3) && at.dtype(3).isFloat()) {
      return at.require(3).toFloats();
    }
    float[] zeros = new float[rows * blocks];
    Arrays.fill(zeros, 1 << (bits - 1));
    if (at.has(3)) {
      Bits numbers = packed(at, 3, bits);
      int rowBytes = (blocks * bits + 7) / 8;
      for (int i = 0; i < zeros.length; i++) {
        zeros[i] = numbers.at(i / blocks, rowBytes, i % blocks);
      }
    }
    return zeros;
  }

  /** Rows of a table that is unpacked first. */
  private static List<Value> gather(OnnxNodeContext at) {
    Tensor data = whole(at, 0);
    Tensor scales = at.require(2);
    int quantized = data.shape().axis(at.attributes().integer("quantize_axis", 1));
    int block = at.attributes().integer("block_size", 128);
    boolean known = at.dtype(0).isInteger() && block > 0;
    if (!known) {
      throw at.refuse(at.op() + " of " + at.dtype(0), "integers of 2, 4 and 8 bits in blocks are");
    }
    Places places = Places.of(data.shape(), scales.shape(), quantized, block);
    float[] factors = scales.toFloats();
    float[] offsets = at.has(3) ? whole(at, 3).toFloats() : new float[0];
    float middle = at.dtype(0) == DType.UINT8 ? 1 << (bits(at, 4) - 1) : 0;
    float[] table = data.toFloats();
    for (int i = 0; i < table.length; i++) {
      int place = places.of(i);
      float zero = offsets.length == 0 ? middle : offsets[place];
      table[i] = (table[i] - zero) * factors[place];
    }
    Tensor real = TensorMemory.adopt(data.shape(), table).to(scales.dtype());
    int axis = data.shape().axis(at.attributes().integer("gather_axis", 0));
    return List.of(at.emit(new Gather(axis), at.constant(real), at.in(1)));
  }

  /** Where the scale of an element is: strides of both, sizes, the axis in blocks. */
  private record Places(int[] wide, int[] narrow, int[] sizes, int axis, int block) {
    static Places of(Shape data, Shape scales, int axis, int block) {
      return new Places(data.strides(), scales.strides(), data.sizes(), axis, block);
    }

    int of(int element) {
      int place = 0;
      for (int i = 0; i < wide.length; i++) {
        int along = element / wide[i] % sizes[i];
        place += narrow[i] * (i == axis ? along / block : along);
      }
      return place;
    }
  }

  /** A table with one number an element; bytes may hold several of the last axis. */
  private static Tensor whole(OnnxNodeContext at, int i) {
    Tensor stored = at.require(i);
    int bits = bits(at, 4);
    if (stored.dtype() != DType.UINT8 || bits == 8) {
      return stored.to(DType.FLOAT32);
    }
    int rank = stored.shape().rank();
    int rowBytes = stored.shape().size(rank - 1);
    int width = i == 0 ? rowBytes * 8 / bits : at.require(2).shape().size(rank - 1);
    Shape shape = stored.shape().with(rank - 1, Dim.of(width));
    Bits numbers = packed(at, i, bits);
    float[] all = new float[shape.count()];
    for (int k = 0; k < all.length; k++) {
      all[k] = numbers.at(k / width, rowBytes, k % width);
    }
    return TensorMemory.adopt(shape, all);
  }
}
