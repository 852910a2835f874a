import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.interop.onnx.Onnx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs an ONNX model on the native backend for as long as each line of standard input says, in seconds, and prints the median of a
 * prediction in milliseconds. Arguments: model, file with the input's floats, file for the output's, batch, numbers of an output,
 * level, threads.
 */
public final class TimedPredictions {
  private static final int MOST = 100_000;

  private TimedPredictions() {}

  public static void main(String[] arguments) throws Exception {
    int batch = Integer.parseInt(arguments[3]);
    Model<?> model = Onnx.load(Path.of(arguments[0]));
    Compilation options = Compilation.DEFAULT.at(Optimize.valueOf(arguments[5])).threads(Integer.parseInt(arguments[6]));
    FloatBuffer x = floats(Files.readAllBytes(Path.of(arguments[1])));
    FloatBuffer y = floats(new byte[4 * batch * Integer.parseInt(arguments[4])]);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    try (CompiledModel compiled = model.compile(new BackendId("native"), options)) {
      compiled.predict(x, y, batch);
      ByteBuffer answer = ByteBuffer.allocate(4 * y.capacity()).order(ByteOrder.nativeOrder());
      answer.asFloatBuffer().put(y.duplicate().clear());
      Files.write(Path.of(arguments[2]), answer.array());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(median(compiled, x, y, batch, Double.parseDouble(line)));
      }
    }
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder()).put(bytes).flip().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static double median(CompiledModel compiled, FloatBuffer x, FloatBuffer y, int batch, double seconds) {
    double[] times = new double[MOST];
    int n = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (n < MOST && (n == 0 || System.nanoTime() < end)) {
      long start = System.nanoTime();
      x.clear();
      y.clear();
      compiled.predict(x, y, batch);
      times[n++] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times, 0, n);
    return times[n / 2];
  }
}
