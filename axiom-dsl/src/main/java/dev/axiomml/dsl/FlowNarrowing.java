package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import java.util.List;

/** What a flow is, where the compiler does not know: for layer objects in a {@code Sequential}. */
final class FlowNarrowing {
  private FlowNarrowing() {}

  /** The word that fits a sample of a rank. */
  static String word(int rank) {
    return switch (rank) {
      case 1 -> "asVector()";
      case 2 -> "asSequence()";
      case 3 -> "asImage()";
      case 4 -> "asVolume()";
      default -> "another model: a sample has " + rank + " axes";
    };
  }

  /** A flow of open kind as the kind that its rank says. */
  static Flow<?> known(Flow<?> flow) {
    if (!(flow instanceof AnyFlow any)) {
      return flow;
    }
    return switch (any.shape().rank()) {
      case 1 -> any.asVector();
      case 2 -> any.asSequence();
      case 3 -> any.asImage();
      case 4 -> any.asVolume();
      default -> any;
    };
  }

  static RealFlow<?> real(Flow<?> flow, String layer) {
    if (known(flow) instanceof RealFlow<?> real) {
      return real;
    }
    throw refused(flow, layer, "it takes real numbers", "put embedding(…) before it");
  }

  static FeatureFlow<?> features(Flow<?> flow, String layer) {
    if (known(flow) instanceof FeatureFlow<?> features) {
      return features;
    }
    throw refused(
        flow,
        layer,
        "a dense layer takes vectors or sequences, not " + name(flow),
        "put flatten() or globalAveragePool() before it");
  }

  static SpatialFlow<?> spatial(Flow<?> flow, String layer) {
    if (known(flow) instanceof SpatialFlow<?> spatial) {
      return spatial;
    }
    throw refused(
        flow, layer, "it takes images, sequences or volumes, not " + name(flow), before(flow));
  }

  /** The flow as one kind. */
  static <F extends Flow<F>> F as(Class<F> kind, Flow<?> flow, String layer) {
    Flow<?> known = known(flow);
    if (kind.isInstance(known)) {
      return kind.cast(known);
    }
    String wanted = kind.getSimpleName().replace("Flow", "").toLowerCase(java.util.Locale.ROOT);
    throw refused(flow, layer, "it takes " + article(wanted) + ", not " + name(flow), before(flow));
  }

  private static String article(String noun) {
    return (noun.startsWith("image") ? "an " : "a ") + noun;
  }

  private static String before(Flow<?> flow) {
    return flow.shape().rank() == 1
        ? "put it before flatten(), or reshape with asImage(h, w, c)"
        : "check the order of the layers";
  }

  private static String name(Flow<?> flow) {
    return switch (flow.shape().rank()) {
      case 1 -> "a vector";
      case 2 -> "a sequence";
      case 3 -> "an image";
      default -> "a volume";
    };
  }

  private static ShapeException refused(Flow<?> flow, String layer, String why, String fix) {
    String kind = layer.replaceAll("\\(.*", "");
    String place = flow.spot().place(kind, List.of(flow.spot()));
    return new ShapeException(new Diagnosis(layer + " on " + flow.shape(), place, why, fix));
  }
}
