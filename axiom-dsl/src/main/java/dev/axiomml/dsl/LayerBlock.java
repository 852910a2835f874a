package dev.axiomml.dsl;

import java.util.function.Function;

/**
 * One layer as an object, made by the words of {@link Layers}.
 *
 * <pre>{@code
 * LayerBlock<ImageFlow, ImageFlow> first = conv2d(3, 64, 3, padding(1));
 * Sequential net = Sequential.of(first.named("stem"), relu(), flatten(), dense(10));
 * }</pre>
 *
 * @param <A> what it takes
 * @param <B> what it gives
 */
public final class LayerBlock<A extends Flow<?>, B extends Flow<?>> implements Layer<A, B> {
  private final String text;
  private final Function<Flow<?>, Flow<?>> rule;

  /** The rule must answer the kind that the words' signatures promise for each kind they take. */
  LayerBlock(String text, Function<Flow<?>, Flow<?>> rule) {
    this.text = text;
    this.rule = rule;
  }

  // The words of Layers give each rule the type it keeps; the rule checks kinds when it runs.
  @SuppressWarnings("unchecked")
  @Override
  public B on(A flow) {
    return (B) rule.apply(flow);
  }

  /** The layer on a flow of any kind. @throws dev.axiomml.core.error.ShapeException if unfit */
  Flow<?> onAny(Flow<?> flow) {
    return rule.apply(flow);
  }

  /** The same layer under a name: its weights are called {@code name.weight}. */
  public LayerBlock<A, B> named(String name) {
    return new LayerBlock<>(text, flow -> rule.apply(flow).named(name));
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return text;
  }
}
