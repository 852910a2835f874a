package dev.axiomml.core.run;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Buffers in and out of plans that work on tensors. */
public final class TensorBuffers {
  private TensorBuffers() {}

  static void run(Plan plan, List<FloatBuffer> in, List<FloatBuffer> out) {
    List<RuntimeValue> given = new ArrayList<>();
    for (int i = 0; i < plan.inputs().size(); i++) {
      Type type = plan.inputs().get(i);
      float[] values = new float[type.shape().count()];
      require(type, in.get(i), "input " + i);
      in.get(i).duplicate().get(values);
      given.add(TensorMemory.adopt(type.shape(), values));
    }
    List<RuntimeValue> answers = plan.run(given);
    for (int i = 0; i < answers.size(); i++) {
      require(answers.get(i).tensor().type(), out.get(i), "output " + i);
      out.get(i).duplicate().put(answers.get(i).tensor().asFloatBuffer());
    }
  }

  /** Refuses a buffer with less room than a float32 tensor type wants. */
  public static void require(Type type, FloatBuffer buffer, String role) {
    if (type.dtype() != DType.FLOAT32 || buffer.remaining() < type.shape().count()) {
      throw new BackendException(
          new Diagnosis(
              role + " buffer with " + buffer.remaining() + " elements for " + type,
              "predict with buffers",
              "a buffer holds float32 elements, at least as many as the tensor",
              "allocate " + type.shape().count() + " floats, or call predict with tensors"));
    }
  }
}
