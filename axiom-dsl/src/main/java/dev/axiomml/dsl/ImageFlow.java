package dev.axiomml.dsl;

/**
 * A flow of images, (height, width, channels); convolutions and pools may follow, a dense layer
 * only after {@code flatten()} or a global pool.
 */
public final class ImageFlow extends SpatialFlow<ImageFlow> {
  ImageFlow(Spot spot) {
    super(spot);
  }

  @Override
  public ImageFlow self() {
    return this;
  }

  @Override
  ImageFlow at(Spot other) {
    return new ImageFlow(other);
  }
}
