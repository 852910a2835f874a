package dev.axiomml.cli.bench;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled model with the inputs that it is timed on; between buffers where it has one input and
 * one output of float32, between tensors otherwise.
 */
final class TimedModel {
  private static final int MOST = 1_000_000;

  private final List<Tensor> outputs;
  private final Runnable prediction;
  private final double[] times = new double[MOST];

  TimedModel(CompiledModel compiled, List<Tensor> inputs, int batch) {
    this.outputs = compiled.predictAll(inputs);
    boolean single = inputs.size() == 1 && outputs.size() == 1;
    this.prediction =
        single && isFloat(inputs.get(0)) && isFloat(outputs.get(0))
            ? between(compiled, inputs.get(0), batch)
            : () -> compiled.predictAll(inputs);
  }

  private static boolean isFloat(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32;
  }

  private Runnable between(CompiledModel compiled, Tensor input, int batch) {
    FloatBuffer in = direct(input.size()).put(input.toFloats()).flip();
    FloatBuffer out = direct(outputs.get(0).size());
    return () -> compiled.predict(in, out, batch);
  }

  private static FloatBuffer direct(int numbers) {
    return ByteBuffer.allocateDirect(4 * numbers).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  List<Tensor> outputs() {
    return outputs;
  }

  /** The median of predictions for as long, in milliseconds. */
  double median(double seconds) {
    int n = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (n < MOST && (n == 0 || System.nanoTime() < end)) {
      long start = System.nanoTime();
      prediction.run();
      times[n++] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times, 0, n);
    return times[n / 2];
  }
}
