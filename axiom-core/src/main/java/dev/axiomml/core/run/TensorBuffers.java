package dev.axiomml.core.run;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.nio.FloatBuffer;
import java.util.List;

/** Buffers in and out of plans that work on tensors. */
public final class TensorBuffers {
  private static final String WHERE = "predict with buffers";

  private TensorBuffers() {}

  static void run(Plan plan, FloatBuffer in, FloatBuffer out) {
    Type type = only(plan.inputs());
    requireInput(type, in);
    float[] values = new float[type.shape().count()];
    in.duplicate().get(values);
    Tensor answer = plan.run(List.of(TensorMemory.adopt(type.shape(), values))).get(0).tensor();
    requireOutput(answer.type(), out);
    out.duplicate().put(answer.asFloatBuffer());
  }

  /** The type of a plan's only input. @throws BackendException where it has none or several */
  public static Type only(List<Type> inputs) {
    if (inputs.size() != 1) {
      throw new BackendException(
          new Diagnosis(
              "one input buffer for a plan of " + inputs.size() + " inputs: " + inputs,
              WHERE,
              "a call with buffers has one input",
              "call predictAll with a tensor for each input"));
    }
    return inputs.get(0);
  }

  /** Refuses a buffer with fewer elements than a float32 tensor type wants. */
  public static void requireInput(Type type, FloatBuffer in) {
    requireRoom(type, in, "input");
  }

  /** Refuses a buffer that is read-only or has less room than a float32 tensor type wants. */
  public static void requireOutput(Type type, FloatBuffer out) {
    requireRoom(type, out, "output");
    if (out.isReadOnly()) {
      throw new BackendException(
          new Diagnosis(
              "the output buffer is read-only",
              WHERE,
              "the output is written into it",
              "pass the buffer itself, not its asReadOnlyBuffer()"));
    }
  }

  private static void requireRoom(Type type, FloatBuffer buffer, String role) {
    if (type.dtype() != DType.FLOAT32 || buffer.remaining() < type.shape().count()) {
      throw new BackendException(
          new Diagnosis(
              role + " buffer with " + buffer.remaining() + " elements for " + type,
              WHERE,
              "a buffer holds float32 elements, at least as many as the tensor",
              "allocate " + type.shape().count() + " floats, or call predict with tensors"));
    }
  }
}
