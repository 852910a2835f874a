package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.RecipeStep;
import dev.axiomml.dsl.recipe.StepTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a model is given: a shape with named axes, and the interval its elements are in.
 *
 * <p>Made by {@code image(28, 28, 1)}, {@code vector(10)}, {@code sequence(50, 16)}, {@code
 * volume(…)} and {@code tokens(50)}. The batch {@code N} comes first and is not named.
 *
 * <pre>{@code
 * ModelInput<ImageFlow> picture = image(28, 28, 1).within(0, 1).named("picture");
 * }</pre>
 *
 * @param <F> the kind of flow that starts there
 */
public final class ModelInput<F extends Flow<F>> {
  private final Type type;
  private final List<String> axes;
  private final Optional<Region.Range> domain;
  private final Optional<String> own;
  private final Function<LayerPosition, F> start;

  private ModelInput(Port port, Optional<String> own, Function<LayerPosition, F> start) {
    this.type = port.type();
    this.axes = port.axes();
    this.domain = port.domain();
    this.own = own;
    this.start = start;
  }

  static <F extends Flow<F>> ModelInput<F> of(
      Shape sample, DType dtype, List<String> axes, Function<LayerPosition, F> start) {
    requireSizes(sample, axes);
    Shape shape = Shape.of(Dim.symbol("N")).concat(sample);
    List<String> all = new ArrayList<>(List.of("batch"));
    all.addAll(axes);
    Port port = new Port("input", Type.of(shape, dtype), all, Optional.empty());
    return new ModelInput<>(port, Optional.empty(), start);
  }

  /** A sample holds something, and no more than a tensor can. */
  private static void requireSizes(Shape sample, List<String> axes) {
    for (int axis = 0; axis < axes.size(); axis++) {
      if (sample.size(axis) == 0) {
        throw new ShapeException(
            new Diagnosis(
                "an input of " + sample,
                "input › " + axes.get(axis) + " 0",
                "every size of a sample is at least 1",
                "give " + axes.get(axis) + " a size of at least 1"));
      }
    }
    Type.float32(sample).shape().count();
  }

  /**
   * The same with every element declared to be in an interval, ends included: theorems without a
   * region of their own speak of it. Predictions do not check it.
   */
  public ModelInput<F> within(double low, double high) {
    Optional<Region.Range> range = Optional.of(new Region.Range(low, high));
    return new ModelInput<>(new Port("input", type, axes, range), own, start);
  }

  /** The same under a name; else inputs are called {@code input}, {@code input2}, …. */
  public ModelInput<F> named(String name) {
    return new ModelInput<>(port("input"), Optional.of(name), start);
  }

  /** As the boundary of a model. */
  public Port port(String name) {
    return new Port(name, type, axes, domain);
  }

  /** As one sample, given to a loader whose file does not say what it takes. */
  public InputSpec spec() {
    Shape sample = type.shape().sub(1, type.shape().rank());
    Type one = Type.of(sample, type.dtype());
    return new InputSpec(own, one, axes.subList(1, axes.size()), domain);
  }

  F flow(StepTrail trail) {
    return start.apply(LayerPosition.start(trail, new RecipeStep.Given(port("input"), own)));
  }

  /** Type and axes. */
  @Override
  public String toString() {
    return port(own.orElse("input")).toString();
  }
}
