package dev.axiomml.dsl;

import dev.axiomml.dsl.recipe.LayerPosition;

/**
 * A flow of volumes, (depth, height, width, channels); convolutions and pools may follow, a dense
 * layer only after {@code flatten()} or a global pool.
 *
 * <pre>{@code
 * VolumeFlow x = Axiom.model("scan").input(volume(16, 32, 32, 1));
 * VectorFlow y = x.conv(8, 3).relu().maxPool(2).flatten();
 * }</pre>
 */
public final class VolumeFlow extends SpatialFlow<VolumeFlow> {
  VolumeFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public VolumeFlow self() {
    return this;
  }

  @Override
  VolumeFlow at(LayerPosition other) {
    return new VolumeFlow(other);
  }
}
