package dev.axiomml.core.model.picture;

/** A model as a Mermaid flow chart, which Markdown pages draw. */
public final class MermaidChart {
  private MermaidChart() {}

  /** The chart of a drawing. */
  public static String of(ModelDrawing drawing) {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    for (int i = 0; i < drawing.boxes().size(); i++) {
      ModelDrawing.Box box = drawing.boxes().get(i);
      String label = "\"" + escaped(box.title()) + "<br/>" + escaped(box.detail()) + "\"";
      boolean node = box.role() == ModelDrawing.Role.NODE;
      text.append("  b").append(i).append(node ? "[" : "([").append(label);
      text.append(node ? "]" : "])").append('\n');
    }
    for (ModelDrawing.Arrow arrow : drawing.arrows()) {
      text.append("  b").append(arrow.from()).append(" --> b").append(arrow.to()).append('\n');
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;");
  }
}
