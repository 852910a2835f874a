package dev.axiomml.dsl;

/**
 * A layer as an object, to be put into {@link Sequential#of} or after a flow with {@code
 * x.then(layer)}.
 *
 * <p>Immutable and without weights: each use makes a layer of its own, unless {@link Flow#shared}
 * names it.
 *
 * @param <A> what it takes
 * @param <B> what it gives
 */
public sealed interface Layer<A extends Flow<?>, B extends Flow<?>> permits LayerBlock, Sequential {
  /** The flow after this layer. */
  B on(A flow);
}
