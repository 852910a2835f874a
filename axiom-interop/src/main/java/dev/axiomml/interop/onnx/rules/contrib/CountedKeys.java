package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;

/**
 * How many keys there are, after a look whether the lengths of all samples say so.
 *
 * <p>Operands: one less than the keys of each sample, the most keys of a sample, all keys (N,
 * heads, keys, width), the keys of the past alike. Without a past the lengths are not looked at.
 */
record CountedKeys() implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(Shape.SCALAR, DType.INT32));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    long[] lengths = in.get(0).tensor().toLongs();
    long total = in.get(1).tensor().longAt(0);
    int keys = in.get(2).tensor().shape().size(2);
    boolean prompt = in.get(3).tensor().shape().size(2) == 0;
    boolean whole = total == keys && Arrays.stream(lengths).allMatch(n -> n == keys - 1);
    if (!prompt && !whole) {
      throw new ShapeException(
          new Diagnosis(
              "seqlens_k %s and total_sequence_length %d for %d keys"
                  .formatted(Arrays.toString(lengths), total, keys),
              "GroupQueryAttention",
              "with a past every sample has as many keys as the past and the steps together",
              "give lengths of %d and a total of %d, samples without padding"
                  .formatted(keys - 1, keys)));
    }
    return List.of(Tensor.ofIntegers(Shape.SCALAR, DType.INT32, keys));
  }

  @Override
  public String whyNoBound() {
    return "it looks at lengths, which proofs do not follow";
  }
}
