package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** A model on the backends that proofs speak of: the reference, and the native one where it is. */
public final class Executed implements AutoCloseable {
  private static final boolean NATIVE =
      Backends.present().stream()
          .anyMatch(b -> b.id().equals(Backends.NATIVE) && b.unavailable().isEmpty());

  /** A number of rows that no other axis has. */
  private static final int MANY = 13;

  private final Model<Output> model;
  private final Map<String, Function<List<Tensor>, List<Tensor>>> ways = new LinkedHashMap<>();
  private final List<CompiledModel> compiled = new ArrayList<>();

  /** A model on the reference and, asked for, everywhere. */
  public Executed(Model<Output> model, boolean everywhere) {
    this.model = model;
    ways.put("reference", model::predictAll);
    for (Optimize level : List.of(Optimize.STRICT, Optimize.STANDARD)) {
      if (NATIVE && everywhere) {
        Compilation options = Compilation.DEFAULT.at(level).withJavaForTheRest();
        CompiledModel ready = model.compile(Backends.NATIVE, options);
        compiled.add(ready);
        ways.put("native " + level, ready::predictAll);
      }
    }
  }

  /** Whether a network runs on any number of rows: what broadcasts may fit one number alone. */
  public static boolean runs(Model<Output> model) {
    try (Executed executed = new Executed(model, false)) {
      List<float[]> zero = executed.zero().in();
      List<Tensor> many = executed.tensors(Collections.nCopies(MANY, zero));
      return executed.isSingle() || model.predictAll(many).get(0).shape().size(0) == MANY;
    } catch (ShapeException fixed) {
      return false;
    }
  }

  /** Whether the native backend is here. */
  static boolean hasNative() {
    return NATIVE;
  }

  /** The model. */
  public Model<Output> model() {
    return model;
  }

  /** Elements of one sample's first output. */
  public int outputs() {
    Shape out = model.signature().outputs().get(0).type().shape();
    return out.sub(1, out.rank()).count();
  }

  /** The input that is zero everywhere, run. */
  public Trial zero() {
    List<float[]> zeros =
        model.signature().inputs().stream()
            .map(port -> new float[port.type().shape().with(0, Dim.ONE).count()])
            .toList();
    List<Tensor> inputs = tensors(List.of(zeros));
    return Trial.of(inputs, model.predictAll(inputs).get(0), 0, "zero");
  }

  /** Whether a batch has one sample, always. */
  public boolean isSingle() {
    return model.signature().inputs().get(0).type().shape().dim(0).isFixed();
  }

  /** Samples in batches of one to eight, in each way. */
  public List<Trial> run(List<List<float[]>> points, Random random) {
    List<Trial> trials = new ArrayList<>();
    int from = 0;
    while (from < points.size()) {
      int batch = isSingle() ? 1 : 1 + random.nextInt(8);
      int to = Math.min(points.size(), from + batch);
      List<Tensor> inputs = tensors(points.subList(from, to));
      ways.forEach((way, run) -> trials.addAll(trials(inputs, run.apply(inputs).get(0), way)));
      from = to;
    }
    return trials;
  }

  private static List<Trial> trials(List<Tensor> inputs, Tensor output, String way) {
    List<Trial> trials = new ArrayList<>();
    int rows = inputs.get(0).shape().size(0);
    for (int i = 0; i < rows; i++) {
      trials.add(Trial.of(inputs, output, i, way + ", row " + i + " of " + rows));
    }
    return trials;
  }

  /** One tensor for each input. */
  public List<Tensor> tensors(List<List<float[]>> points) {
    List<Tensor> inputs = new ArrayList<>();
    for (int input = 0; input < points.get(0).size(); input++) {
      Shape one = model.signature().inputs().get(input).type().shape();
      int size = points.get(0).get(input).length;
      float[] all = new float[size * points.size()];
      for (int i = 0; i < points.size(); i++) {
        System.arraycopy(points.get(i).get(input), 0, all, i * size, size);
      }
      inputs.add(Tensor.of(Shape.of(points.size()).concat(one.sub(1, one.rank())), all));
    }
    return inputs;
  }

  @Override
  public void close() {
    compiled.forEach(CompiledModel::close);
  }
}
