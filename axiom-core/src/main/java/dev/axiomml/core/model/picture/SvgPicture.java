package dev.axiomml.core.model.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model as an SVG picture: rows from the inputs down, arrows that skip rows pass on the right.
 */
public final class SvgPicture {
  private static final int HEIGHT = 40;
  private static final int ROW = 64;
  private static final int GAP = 24;
  private static final int MARGIN = 16;
  private static final double CHARACTER = 6.7;

  private final ModelDrawing drawing;
  private final List<Place> places;
  private final int width;
  private final int rows;

  /** Where a box lies: its middle and its width. */
  private record Place(int middle, int top, int width) {}

  private SvgPicture(ModelDrawing drawing) {
    this.drawing = drawing;
    this.rows = 1 + drawing.boxes().stream().mapToInt(ModelDrawing.Box::row).max().orElse(0);
    int inner = 0;
    for (int row = 0; row < rows; row++) {
      inner = Math.max(inner, rowWidth(row));
    }
    this.width = inner + 2 * MARGIN + longestSkip();
    this.places = placed(inner);
  }

  /** The picture of a drawing, under a title. */
  public static String of(String title, ModelDrawing drawing) {
    SvgPicture svg = new SvgPicture(drawing);
    int height = svg.rows * ROW + 2 * MARGIN;
    StringBuilder text = new StringBuilder();
    text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
    text.append(filled(" width=\"%d\" height=\"%d\"", svg.width, height));
    text.append(filled(" viewBox=\"0 0 %d %d\">\n", svg.width, height));
    text.append("<title>").append(escaped(title)).append("</title>\n");
    text.append(STYLE);
    svg.drawing.arrows().forEach(arrow -> text.append(svg.path(arrow)));
    for (int i = 0; i < svg.places.size(); i++) {
      text.append(svg.box(i));
    }
    return text.append("</svg>\n").toString();
  }

  private static final String STYLE =
      """
      <style>
      text { font: 11px monospace; text-anchor: middle; fill: #222 }
      text.name { font-weight: bold }
      rect { fill: #eef3fb; stroke: #5b7db1 }
      rect.end { fill: #fdf3e1; stroke: #c08a2d }
      path { fill: none; stroke: #777; marker-end: url(#tip) }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#777;stroke:none;marker-end:none"/></marker></defs>
      """;

  private static int boxWidth(ModelDrawing.Box box) {
    int characters = Math.max(box.title().length(), box.detail().length());
    return (int) Math.ceil(characters * CHARACTER) + 20;
  }

  private int rowWidth(int row) {
    int sum = -GAP;
    for (ModelDrawing.Box box : drawing.boxes()) {
      sum += box.row() == row ? boxWidth(box) + GAP : 0;
    }
    return sum;
  }

  private int longestSkip() {
    return drawing.arrows().stream().anyMatch(arrow -> span(arrow) > 1) ? 2 * ROW : 0;
  }

  private int span(ModelDrawing.Arrow arrow) {
    return drawing.boxes().get(arrow.to()).row() - drawing.boxes().get(arrow.from()).row();
  }

  private List<Place> placed(int inner) {
    int[] left = new int[rows];
    for (int row = 0; row < rows; row++) {
      left[row] = MARGIN + (inner - rowWidth(row)) / 2;
    }
    List<Place> all = new ArrayList<>();
    for (ModelDrawing.Box box : drawing.boxes()) {
      int size = boxWidth(box);
      all.add(new Place(left[box.row()] + size / 2, MARGIN + box.row() * ROW, size));
      left[box.row()] += size + GAP;
    }
    return all;
  }

  private String path(ModelDrawing.Arrow arrow) {
    Place from = places.get(arrow.from());
    Place to = places.get(arrow.to());
    if (span(arrow) <= 1) {
      int start = from.top + HEIGHT;
      return filled("<path d=\"M%d %dL%d %d\"/>\n", from.middle, start, to.middle, to.top);
    }
    int side = Math.max(from.middle + from.width / 2, to.middle + to.width / 2) + 2 * ROW - GAP;
    int start = from.top + HEIGHT / 2;
    int end = to.top + HEIGHT / 2;
    return filled(
        "<path d=\"M%d %dC%d %d %d %d %d %d\"/>\n",
        from.middle + from.width / 2, start, side, start, side, end, to.middle + to.width / 2, end);
  }

  private String box(int index) {
    ModelDrawing.Box box = drawing.boxes().get(index);
    Place at = places.get(index);
    String end = box.role() == ModelDrawing.Role.NODE ? "" : " class=\"end\"";
    String shape =
        filled(
            "<rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n",
            end, at.middle - at.width / 2, at.top, at.width, HEIGHT);
    return shape
        + line(" class=\"name\"", at, at.top + 16, box.title())
        + line("", at, at.top + 31, box.detail());
  }

  private static String line(String style, Place at, int y, String text) {
    return filled("<text%s x=\"%d\" y=\"%d\">%s</text>\n", style, at.middle, y, escaped(text));
  }

  /** The same text on every machine, whatever its language. */
  private static String filled(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
