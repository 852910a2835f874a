package dev.axiomml.core.model;

/** A model as a Mermaid flow chart, which Markdown pages draw. */
final class Mermaid {
  private Mermaid() {}

  static String of(Model<?> model) {
    Drawing drawing = Drawing.of(model);
    StringBuilder text = new StringBuilder("flowchart TD\n");
    for (int i = 0; i < drawing.boxes().size(); i++) {
      Drawing.Box box = drawing.boxes().get(i);
      String label = "\"" + escaped(box.title()) + "<br/>" + escaped(box.detail()) + "\"";
      boolean node = box.role() == Drawing.Role.NODE;
      text.append("  b").append(i).append(node ? "[" : "([").append(label);
      text.append(node ? "]" : "])").append('\n');
    }
    for (Drawing.Arrow arrow : drawing.arrows()) {
      text.append("  b").append(arrow.from()).append(" --> b").append(arrow.to()).append('\n');
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;");
  }
}
