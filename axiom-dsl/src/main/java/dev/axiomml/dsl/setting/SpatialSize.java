package dev.axiomml.dsl.setting;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sizes along the spatial axes, outermost first: {@code size(3, 5)} is three rows of five.
 *
 * <pre>{@code
 * ImageFlow x = Axiom.model("net").input(image(32, 32, 3));
 * ImageFlow y = x.conv(64, size(3, 5), padding(1, 2));
 * }</pre>
 *
 * @param axes one number an axis, or one number for all
 */
public record SpatialSize(List<Integer> axes) {
  /** Copies the list. */
  public SpatialSize {
    axes = List.copyOf(axes);
  }

  /** One number an axis, or one for all. */
  public static SpatialSize of(int... axes) {
    return new SpatialSize(Arrays.stream(axes).boxed().toList());
  }

  /** One number an axis, of so many. */
  public List<Integer> along(int rank) {
    return axes.size() == 1 ? Collections.nCopies(rank, axes.get(0)) : axes;
  }

  /** {@code (3, 5)}. */
  @Override
  public String toString() {
    return axes.toString().replace('[', '(').replace(']', ')');
  }
}
