package dev.axiomml.dsl;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers one after the other, as {@code nn.Sequential} has them.
 *
 * <p>Kinds and sizes are checked when it meets an input, layer by layer.
 *
 * <pre>{@code
 * Sequential mlp = Sequential.of(dense(784, 256, RELU), dense(256, 10));
 * Model<Scores> model = mlp.model("mlp", vector(784), scores(10));
 * }</pre>
 */
public final class Sequential implements Layer<Flow<?>, AnyFlow> {
  private final List<Layer<?, ?>> layers;

  private Sequential(List<Layer<?, ?>> layers) {
    this.layers = List.copyOf(layers);
  }

  /** Layers in their order. */
  public static Sequential of(Layer<?, ?>... layers) {
    return new Sequential(List.of(layers));
  }

  /** These layers and one more. */
  public Sequential then(Layer<?, ?> layer) {
    List<Layer<?, ?>> more = new ArrayList<>(layers);
    more.add(layer);
    return new Sequential(more);
  }

  /** The layers in their order. */
  public List<Layer<?, ?>> layers() {
    return layers;
  }

  /**
   * All layers after a flow.
   *
   * @throws dev.axiomml.core.error.ShapeException when a layer does not fit what comes before it
   */
  @Override
  public AnyFlow on(Flow<?> flow) {
    Flow<?> at = flow;
    for (Layer<?, ?> layer : layers) {
      at = layer instanceof LayerBlock<?, ?> block ? block.onAny(at) : ((Sequential) layer).on(at);
    }
    return new AnyFlow(at.spot());
  }

  /** The network of these layers on an input, ready for more words. */
  public <F extends Flow<F>> AnyFlow input(String name, ModelInput<F> input) {
    return on(Axiom.model(name).input(input));
  }

  /** The model of these layers on an input. @throws dev.axiomml.core.error.ShapeException as on */
  public <F extends Flow<F>, O extends Output> Model<O> model(
      String name, ModelInput<F> input, OutputKind<O> output) {
    return input(name, input).output(output).build();
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return layers.stream()
        .map(Layer::toString)
        .collect(Collectors.joining(", ", "Sequential.of(", ")"));
  }
}
