package dev.axiomml.cli.demo;

import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Small grey images as text, two characters a pixel. */
final class TextPicture {
  private static final String SHADES = " .:-=+*#%@";

  private TextPicture() {}

  /** The rows of one image with values in [0, 1]; anything outside is cut. */
  static List<String> rows(Tensor image, int width) {
    List<String> rows = new ArrayList<>();
    for (int start = 0; start < image.size(); start += width) {
      StringBuilder row = new StringBuilder();
      for (int i = start; i < start + width; i++) {
        char shade =
            SHADES.charAt(
                (int)
                    Math.round(
                        Math.max(0, Math.min(1, image.doubleAt(i))) * (SHADES.length() - 1)));
        row.append(shade).append(shade);
      }
      rows.add(row.toString());
    }
    return rows;
  }

  /** Images side by side under their captions. */
  static String beside(List<List<String>> images, List<String> captions) {
    StringBuilder text = new StringBuilder();
    int width = images.get(0).get(0).length();
    captions.forEach(caption -> text.append(String.format("%-" + (width + 3) + "s", caption)));
    for (int row = 0; row < images.get(0).size(); row++) {
      text.append('\n');
      for (List<String> image : images) {
        text.append(image.get(row)).append("   ");
      }
    }
    return text.toString();
  }
}
