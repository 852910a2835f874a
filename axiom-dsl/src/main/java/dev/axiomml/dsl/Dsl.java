package dev.axiomml.dsl;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.recipe.FlowAxes;
import java.util.ArrayList;
import java.util.List;

/**
 * All the words a network is written with, to be imported statically: inputs, outputs, layers,
 * settings, activations, and the properties and regions of {@code Claims}.
 *
 * <pre>{@code
 * import static dev.axiomml.dsl.Dsl.*;
 * }</pre>
 */
public final class Dsl extends Layers {
  private Dsl() {}

  /** Images of (height, width, channels), float32. */
  public static ModelInput<ImageFlow> image(int height, int width, int channels) {
    return ModelInput.of(
        Shape.of(height, width, channels), DType.FLOAT32, FlowAxes.IMAGE, ImageFlow::new);
  }

  /** Vectors of so many features, float32. */
  public static ModelInput<VectorFlow> vector(int features) {
    return ModelInput.of(Shape.of(features), DType.FLOAT32, FlowAxes.VECTOR, VectorFlow::new);
  }

  /** Sequences of (time, features), float32. */
  public static ModelInput<SequenceFlow> sequence(int time, int features) {
    return ModelInput.of(
        Shape.of(time, features), DType.FLOAT32, FlowAxes.SEQUENCE, SequenceFlow::new);
  }

  /** Volumes of (depth, height, width, channels), float32. */
  public static ModelInput<VolumeFlow> volume(int depth, int height, int width, int channels) {
    return ModelInput.of(
        Shape.of(depth, height, width, channels), DType.FLOAT32, FlowAxes.VOLUME, VolumeFlow::new);
  }

  /** Token numbers, int64, so many a sample. */
  public static ModelInput<TokenFlow> tokens(int time) {
    return ModelInput.of(Shape.of(time), DType.INT64, FlowAxes.TOKENS, TokenFlow::new);
  }

  /**
   * What a file does not say about its input: {@code Axiom.load(path, input(image(28, 28, 1)))}.
   */
  public static InputSpec input(ModelInput<?> input) {
    return input.spec();
  }

  /** Flows side by side along the last axis (channels or features), in this order. */
  @SafeVarargs
  public static <F extends RealFlow<F>> F concat(F first, F... others) {
    List<F> rest = new ArrayList<>();
    for (F other : others) {
      rest.add(other);
    }
    return first.beside(rest);
  }

  /** Flows of one shape, summed. */
  @SafeVarargs
  public static <F extends RealFlow<F>> F add(F first, F... others) {
    F sum = first;
    for (F other : others) {
      sum = sum.plus(other);
    }
    return sum;
  }

  /** The output is a distribution over so many classes: the network ends in softmax. */
  public static OutputKind<Probabilities> probabilities(int classes) {
    return OutputKind.probabilities(classes);
  }

  /** The output is one raw score for each of so many classes. */
  public static OutputKind<Scores> scores(int classes) {
    return OutputKind.scores(classes);
  }
}
