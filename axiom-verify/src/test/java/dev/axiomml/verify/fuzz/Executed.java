package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
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
  private final Map<String, Tensor> given;
  private boolean alone;
  private final Map<String, Function<List<Tensor>, List<Tensor>>> ways = new LinkedHashMap<>();
  private final List<CompiledModel> compiled = new ArrayList<>();

  /** A model on the reference and, asked for, everywhere. */
  public Executed(Model<Output> model, boolean everywhere) {
    this(model, everywhere, Map.of());
  }

  /** With inputs that are given, every row of a batch the same. */
  Executed(Model<Output> model, boolean everywhere, Map<String, Tensor> given) {
    this.model = model;
    this.given = given;
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
    return runs(model, Map.of());
  }

  /** The same with inputs that are given. */
  static boolean runs(Model<Output> model, Map<String, Tensor> given) {
    try (Executed executed = new Executed(model, false, given)) {
      List<float[]> zero = executed.zero().in();
      int rows = executed.isSingle() ? 1 : MANY;
      List<Tensor> many = executed.tensors(Collections.nCopies(rows, zero));
      return model.predictAll(executed.complete(many)).get(0).shape().size(0) == rows;
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
    List<float[]> zeros = free().stream().map(port -> new float[one(port).count()]).toList();
    List<Tensor> inputs = tensors(List.of(zeros));
    return Trial.of(inputs, model.predictAll(complete(inputs)).get(0), 0, "zero");
  }

  /** The shape of one sample of an input. */
  static Shape one(Port port) {
    Shape shape = port.type().shape();
    return shape.rank() == 0 ? shape : shape.with(0, Dim.ONE);
  }

  /** The inputs that are not given. */
  List<Port> free() {
    return model.signature().inputs().stream().filter(p -> !given.containsKey(p.name())).toList();
  }

  /** Whether a batch has one sample, always. */
  public boolean isSingle() {
    return alone || SeveralInputs.isSingle(model, given);
  }

  /** Runs no more than one row at a time from now on, or batches again. */
  void alone(boolean single) {
    alone = single;
  }

  /** All inputs, from the free ones; of what is given for a row, as many rows as there are. */
  List<Tensor> complete(List<Tensor> some) {
    List<Tensor> all = new ArrayList<>();
    int next = 0;
    for (Port port : model.signature().inputs()) {
      Tensor tensor = given.get(port.name());
      all.add(tensor == null ? some.get(next++) : rows(port, tensor, some.get(0).shape().size(0)));
    }
    return all;
  }

  /** The free ones of all inputs. */
  List<Tensor> free(List<Tensor> all) {
    List<Tensor> free = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!given.containsKey(model.signature().inputs().get(i).name())) {
        free.add(all.get(i));
      }
    }
    return free;
  }

  /** Whether what is given stands among all inputs, bit for bit. */
  boolean hasGiven(List<Tensor> all) {
    boolean same = true;
    for (int i = 0; i < all.size(); i++) {
      Tensor tensor = given.get(model.signature().inputs().get(i).name());
      same &= tensor == null || tensor.equals(all.get(i));
    }
    return same;
  }

  private static Tensor rows(Port port, Tensor tensor, int rows) {
    Shape shape = port.type().shape();
    boolean row = shape.rank() > 0 && !shape.dim(0).isFixed();
    List<Tensor> all = Collections.nCopies(rows, tensor);
    return row && rows > 1 ? TensorRows.stacked(all) : tensor;
  }

  /** Samples in batches of one to eight, in each way. */
  public List<Trial> run(List<List<float[]>> points, Random random) {
    List<Trial> trials = new ArrayList<>();
    int from = 0;
    while (from < points.size()) {
      int batch = isSingle() ? 1 : 1 + random.nextInt(8);
      int to = Math.min(points.size(), from + batch);
      List<Tensor> inputs = tensors(points.subList(from, to));
      List<Tensor> all = complete(inputs);
      ways.forEach((way, run) -> trials.addAll(trials(inputs, run.apply(all).get(0), way)));
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

  /** One tensor for each free input. */
  public List<Tensor> tensors(List<List<float[]>> points) {
    List<Tensor> inputs = new ArrayList<>();
    for (int input = 0; input < points.get(0).size(); input++) {
      Shape one = free().get(input).type().shape();
      int size = points.get(0).get(input).length;
      float[] all = new float[size * points.size()];
      for (int i = 0; i < points.size(); i++) {
        System.arraycopy(points.get(i).get(input), 0, all, i * size, size);
      }
      inputs.add(Tensor.of(one.rank() == 0 ? one : batch(one, points.size()), all));
    }
    return inputs;
  }

  private static Shape batch(Shape one, int rows) {
    return Shape.of(rows).concat(one.sub(1, one.rank()));
  }

  @Override
  public void close() {
    compiled.forEach(CompiledModel::close);
  }
}
