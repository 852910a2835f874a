package dev.axiomml.dsl;

import java.util.ArrayList;
import java.util.List;

/** What the axes of each kind of flow are called. */
final class FlowAxes {
  static final List<String> VECTOR = List.of("features");
  static final List<String> SEQUENCE = List.of("time", "features");
  static final List<String> IMAGE = List.of("height", "width", "channels");
  static final List<String> VOLUME = List.of("depth", "height", "width", "channels");
  static final List<String> TOKENS = List.of("time");

  private FlowAxes() {}

  /** Names for a value of a rank, batch first. */
  static List<String> of(int rank) {
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
