package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.tensor.Shape;
import java.util.Optional;

/**
 * How a value of the graph and the same value of a descriptor's network lie to each other.
 *
 * @param spatial the graph has (N, spatial…, C), the descriptor (N, C, spatial…)
 * @param flattened where set, the graph flattened (spatial…, C) of this shape, the descriptor (C,
 *     spatial…)
 */
record DescribedValue(boolean spatial, Optional<Shape> flattened) {
  static final DescribedValue ALIKE = new DescribedValue(false, Optional.empty());
  static final DescribedValue SPATIAL = new DescribedValue(true, Optional.empty());

  /** After a flatten of channels-last values of one sample. */
  static DescribedValue flattened(Shape sample) {
    boolean alike =
        sample.sub(0, sample.rank() - 1).volume().equals(dev.axiomml.core.tensor.Dim.ONE);
    return alike ? ALIKE : new DescribedValue(false, Optional.of(sample));
  }
}
