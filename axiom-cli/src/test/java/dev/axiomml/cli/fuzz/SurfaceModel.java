package dev.axiomml.cli.fuzz;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.fuzz.Executed;
import dev.axiomml.verify.fuzz.RandomNet;
import dev.axiomml.verify.fuzz.Territory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A random network in a file, and the model that is in it.
 *
 * @param linear whether it is one dense layer without more
 */
record SurfaceModel(Path file, Model<Output> model, boolean linear) {
  private static final int OUTPUTS = 16;

  /** One that ONNX can hold and that runs on any number of rows, in a file that it is given. */
  static SurfaceModel of(Random random, Path file) {
    for (; ; ) {
      boolean linear = random.nextInt(6) == 0;
      boolean plain = linear || random.nextInt(3) == 0;
      Model<Output> drawn =
          linear
              ? Nets.from(3).dense(3, 2, random.nextLong()).model()
              : plain ? Nets.relus(random.nextInt(1000), 3, 4, 3) : RandomNet.of(random);
      Optional<SurfaceModel> saved = saved(drawn, file, linear);
      if (saved.isPresent()) {
        return saved.get();
      }
    }
  }

  private static Optional<SurfaceModel> saved(Model<Output> drawn, Path file, boolean linear) {
    try (Executed executed = new Executed(drawn, false)) {
      if (executed.outputs() > OUTPUTS || !Executed.runs(drawn)) {
        return Optional.empty();
      }
      Onnx.save(drawn, file);
      return Optional.of(new SurfaceModel(file, open(file), linear));
    } catch (ModelExportException refused) {
      return Optional.empty();
    }
  }

  /** The model as the command opens it. */
  static Model<Output> open(Path file) {
    return asOutput(Onnx.load(file, Layout.AS_FILE));
  }

  @SuppressWarnings("unchecked") // all that is asked of it is what every output has
  private static Model<Output> asOutput(Model<?> model) {
    return (Model<Output>) model;
  }

  /** The same with a declared domain. */
  SurfaceModel within(double low, double high) {
    return new SurfaceModel(file, model.within(low, high), linear);
  }

  Optional<Region.Range> domain() {
    return port().domain();
  }

  Port port() {
    return model.signature().inputs().get(0);
  }

  /** Shapes of one sample of each input. */
  List<Shape> shapes() {
    return model.signature().inputs().stream()
        .map(port -> port.type().shape().with(0, Dim.ONE))
        .toList();
  }

  /** The inputs of a region. */
  Territory territory(Region region) {
    return Territory.of(region, model.signature().inputs());
  }
}
