package dev.axiomml.dsl.zoo;

import dev.axiomml.core.model.Architectures;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.Dsl;
import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.ModelDraft;
import dev.axiomml.dsl.ModelInput;
import dev.axiomml.dsl.VectorFlow;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * A network of the zoo, before it has weights; immutable.
 *
 * <p>Parameters are named as torchvision names them. Input: images of 224×224×3 unless {@link
 * #input} says otherwise, channels last. Output: one score for each of 1000 classes unless {@link
 * #classes} says otherwise. Weights start as PyTorch's layers start them, from seed 0 unless {@link
 * #seed} says otherwise.
 *
 * <pre>{@code
 * Model<Scores> resnet = Zoo.resnet50().build();
 * Model<Output> body = Zoo.resnet50().features();
 * }</pre>
 */
public final class ZooNetwork implements Architectures.Architecture {
  private final String name;
  private final Parts parts;
  private final Settings settings;

  /**
   * What networks are made of: an image to an image, then to scores of so many classes; and what
   * only training has, by the number of classes.
   */
  record Parts(
      UnaryOperator<ImageFlow> features,
      BiFunction<ImageFlow, Integer, VectorFlow> head,
      IntFunction<Map<String, Shape>> training) {
    /** Without anything that only training has. */
    Parts(UnaryOperator<ImageFlow> features, BiFunction<ImageFlow, Integer, VectorFlow> head) {
      this(features, head, classes -> Map.of());
    }
  }

  private record Settings(ModelInput<ImageFlow> input, int classes, long seed, String sign) {}

  ZooNetwork(String name, Parts parts) {
    this(name, parts, new Settings(Dsl.image(224, 224, 3), 1000, 0, ""));
  }

  private ZooNetwork(String name, Parts parts, Settings settings) {
    this.name = name;
    this.parts = parts;
    this.settings = settings;
  }

  /** The same for other images, e.g. {@code image(32, 32, 3).within(0, 1)}. */
  public ZooNetwork input(ModelInput<ImageFlow> images) {
    return with(images, settings.classes, settings.seed);
  }

  /** The same with another number of classes. */
  public ZooNetwork classes(int number) {
    return with(settings.input, number, settings.seed);
  }

  /** The same with other first weights. */
  public ZooNetwork seed(long number) {
    return with(settings.input, settings.classes, number);
  }

  private ZooNetwork with(ModelInput<ImageFlow> images, int classes, long seed) {
    return new ZooNetwork(name, parts, new Settings(images, classes, seed, settings.sign));
  }

  /** The same, known at a glance by one of its parameters, which few other networks have. */
  ZooNetwork knownBy(String parameter) {
    return new ZooNetwork(
        name, parts, new Settings(settings.input, settings.classes, settings.seed, parameter));
  }

  /** torchvision's name, e.g. {@code resnet50}. */
  @Override
  public String name() {
    return name;
  }

  /** The features, while the model is still being written. */
  ImageFlow body() {
    return parts.features.apply(Axiom.model(name).seed(settings.seed).input(settings.input));
  }

  /** The scores, while the model is still being written. */
  VectorFlow flow() {
    return parts.head.apply(body(), settings.classes);
  }

  private ModelDraft<Scores> draft() {
    return flow().output(Dsl.scores(settings.classes));
  }

  /** PyTorch's names and shapes of all weights and running statistics, without their values. */
  @Override
  public Map<String, Shape> parameters() {
    return draft().parameters();
  }

  @Override
  public boolean mayHave(Set<String> names) {
    return settings.sign.isEmpty() || names.contains(settings.sign);
  }

  /** Names and shapes of the weights of heads that only training uses, e.g. GoogLeNet's. */
  @Override
  public Map<String, Shape> trainingOnly() {
    return parts.training.apply(settings.classes);
  }

  /** The whole network. */
  @Override
  public Model<Scores> build() {
    return draft().build();
  }

  /** The whole network, its weights zeros that take no memory until a file's replace them. */
  @Override
  public Model<Scores> blank() {
    return draft().blank();
  }

  /** The network without its head: what it makes of an image before pooling and classes. */
  public Model<Output> features() {
    return body().output().build();
  }

  @Override
  public String toString() {
    return "Zoo." + name;
  }
}
