package dev.axiomml.dsl;

/**
 * A flow of volumes, (depth, height, width, channels); convolutions and pools may follow, a dense
 * layer only after {@code flatten()} or a global pool.
 */
public final class VolumeFlow extends SpatialFlow<VolumeFlow> {
  VolumeFlow(Spot spot) {
    super(spot);
  }

  @Override
  public VolumeFlow self() {
    return this;
  }

  @Override
  VolumeFlow at(Spot other) {
    return new VolumeFlow(other);
  }
}
