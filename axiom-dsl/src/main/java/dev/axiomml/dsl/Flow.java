package dev.axiomml.dsl;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.StepTrail;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value on its way through a network that is being written: a position in an immutable recipe.
 *
 * <p>A flow may be named, kept, used several times and branched; no call changes it. Its kind
 * (image, vector, sequence, volume, tokens) decides which layers may follow, so a dense layer on an
 * image does not compile; sizes are checked on the call that is wrong. Shapes are those of one
 * sample, without the batch.
 *
 * <pre>{@code
 * ImageFlow x = Axiom.model("net").input(image(8, 8, 1));
 * ImageFlow y = x.conv(4, 3, same()).relu();
 * Model<Output> net = y.flatten().dense(2).output().build();
 * }</pre>
 *
 * @param <F> the kind of flow
 */
public abstract sealed class Flow<F extends Flow<F>> permits RealFlow, TokenFlow {
  private final LayerPosition spot;

  Flow(LayerPosition spot) {
    this.spot = spot;
  }

  /** This flow as its own kind. */
  public abstract F self();

  /** A flow of the same kind at another position. */
  abstract F at(LayerPosition other);

  final LayerPosition spot() {
    return spot;
  }

  final Type type() {
    return spot.type();
  }

  final F apply(OperatorPart part, Flow<?>... others) {
    return at(step(part, others));
  }

  final F apply(String kind, Function<Type, OperatorPart> maker) {
    return at(spot.add(kind, maker));
  }

  final LayerPosition step(OperatorPart part, Flow<?>... others) {
    LayerPosition[] more = new LayerPosition[others.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = others[i].spot();
    }
    return spot.add(part.kind(), in -> part, more);
  }

  /** The sizes of one sample, without the batch. */
  public final Shape shape() {
    return spot.sample();
  }

  /**
   * Names the layer before this: its weights become {@code name.weight}. A layer without a name is
   * numbered by kind, {@code conv1}. Two layers of one name are refused when the model is built.
   */
  public final F named(String name) {
    return at(spot.label(name, false));
  }

  /** A part of the model whose names are put below one, e.g. {@code block2.conv1}. */
  public final F scope(String name, Function<? super F, ? extends F> body) {
    return composite(name, Optional.of(name), body);
  }

  /** A layer of several steps, numbered as one where it has no name. */
  final F composite(String kind, Optional<String> own, Function<? super F, ? extends F> body) {
    StepTrail inner = spot.trail().below(kind, own);
    F end = body.apply(at(spot.in(inner)));
    return at(end.spot().in(spot.trail()).whole(inner.scope()));
  }

  /** Continues with a layer object. */
  public final <T extends Flow<T>> T then(Layer<? super F, T> layer) {
    return layer.on(self());
  }

  /** Continues with a layer object under a name: its weights become {@code name.weight}. */
  public final <T extends Flow<T>> T then(String name, Layer<? super F, T> layer) {
    return layer.on(self()).named(name);
  }

  /** Continues with a layer that has the weights of every other one shared under this name. */
  public final <T extends Flow<T>> T shared(String name, Layer<? super F, T> layer) {
    T end = layer.on(self());
    return end.at(end.spot().label(name, true));
  }

  /** Continues with a function of flows, e.g. {@code Net::block}. */
  public final <T extends Flow<T>> T then(Function<? super F, T> body) {
    return body.apply(self());
  }

  /**
   * Continues with a model that exists; its weights keep their names. The kind of what comes out is
   * only known when it runs: say it with {@code asVector()}, {@code asImage()}, ….
   */
  public final AnyFlow then(Model<?> model) {
    return new AnyFlow(spot.add(model));
  }

  /** Ends the network here, with nothing declared about the output. */
  public final ModelDraft<Output> output() {
    return output(OutputKind.OUTPUT);
  }

  /**
   * Ends the network here.
   *
   * @throws dev.axiomml.core.error.ModelException when the declared number of classes is not the
   *     last axis
   */
  public final <O extends Output> ModelDraft<O> output(OutputKind<O> kind) {
    return ModelDraft.of(this, kind);
  }

  /** {@code model net › 14×14×32}. */
  @Override
  public final String toString() {
    return "model " + spot.trail().recipe().name() + " › " + shape();
  }
}
