package dev.axiomml.dsl.recipe;

import java.util.ArrayList;
import java.util.List;

/** What the axes of each kind of flow are called. */
public final class FlowAxes {
  public static final List<String> VECTOR = List.of("features");
  public static final List<String> SEQUENCE = List.of("time", "features");
  public static final List<String> IMAGE = List.of("height", "width", "channels");
  public static final List<String> VOLUME = List.of("depth", "height", "width", "channels");
  public static final List<String> TOKENS = List.of("time");

  private FlowAxes() {}

  /** Names for a value of a rank, batch first. */
  public static List<String> of(int rank) {
    List<String> axes = new ArrayList<>(List.of("batch"));
    axes.addAll(
        switch (rank) {
          case 1 -> List.<String>of();
          case 2 -> VECTOR;
          case 3 -> SEQUENCE;
          case 4 -> IMAGE;
          case 5 -> VOLUME;
          default -> java.util.stream.IntStream.range(1, rank).mapToObj(i -> "axis" + i).toList();
        });
    return axes;
  }
}
