package dev.axiomml.core.model;

import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Known networks, so that a file with weights only can find its own; found by {@link
 * java.util.ServiceLoader}, brought by {@code axiom-dsl}.
 */
public interface Architectures {
  /** A network that can be built. */
  interface Architecture {
    /** Its name, e.g. {@code resnet50}. */
    String name();

    /** The parameters it has: PyTorch's names and PyTorch's shapes. */
    Map<String, Shape> parameters();

    /**
     * A glance at the names in a file, without {@link #parameters}, which is slow: false when they
     * cannot be this network's; true says nothing.
     */
    default boolean mayHave(Set<String> names) {
      return true;
    }

    /**
     * What a file may hold besides, all or nothing: parts that only training uses, which {@link
     * #build} leaves out. PyTorch's names and PyTorch's shapes.
     */
    default Map<String, Shape> trainingOnly() {
      return Map.of();
    }

    /** Builds it, with any weights. */
    Model<?> build();

    /**
     * Builds it for weights that are yet to come, with values of no meaning: a network that can
     * spare their memory does.
     */
    default Model<?> blank() {
      return build();
    }
  }

  /** All networks, those of the command's {@code zoo:NAME}. */
  List<Architecture> all();
}
