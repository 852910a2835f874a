package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.picture.ModelDrawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model as a table of layers, and as boxes and arrows. */
final class ModelSummary {
  private ModelSummary() {}

  static ModelDrawing drawing(Model<?> model) {
    List<String> outputs = model.signature().outputs().stream().map(Port::name).toList();
    return ModelDrawing.of(model.graph(), outputs);
  }

  static String of(Model<?> model) {
    List<List<String>> rows =
        new ArrayList<>(List.of(List.of("layer", "operator", "output", "parameters")));
    for (Node node : model.graph().layers()) {
      long count = model.graph().weightCount(node);
      rows.add(
          List.of(
              node.name(),
              node.op().title(),
              ModelDrawing.text(node.out().get(0).type()),
              count == 0 ? "" : number(count)));
    }
    StringBuilder text = new StringBuilder("model " + model.name() + "\n");
    model.signature().inputs().forEach(port -> text.append("in   ").append(port).append('\n'));
    text.append(table(rows));
    model.signature().outputs().forEach(port -> text.append("out  ").append(port).append('\n'));
    text.append(totals(model)).append('\n');
    model.ensures().forEach(p -> text.append("ensure  ").append(p).append('\n'));
    model.theorems().forEach(t -> text.append("prove   ").append(t).append('\n'));
    return text.toString();
  }

  /** Running statistics are not learned, so PyTorch does not count them as parameters. */
  private static String totals(Model<?> model) {
    long statistics =
        model.parameters().stream()
            .filter(p -> p.name().endsWith(".running_mean") || p.name().endsWith(".running_var"))
            .mapToLong(p -> p.tensor().size())
            .sum();
    long all =
        model.parameters().stream().mapToLong(p -> p.tensor().size()).sum() + constants(model);
    String more = statistics == 0 ? "" : ", " + number(statistics) + " running statistics";
    return number(all - statistics) + " parameters" + more;
  }

  /** The numbers of quantised weights, which are constants. */
  private static long constants(Model<?> model) {
    Graph graph = model.graph();
    return graph.layers().stream()
        .flatMap(node -> graph.weights(node).stream())
        .distinct()
        .filter(value -> graph.parameter(value).isEmpty())
        .mapToLong(value -> value.type().shape().count())
        .sum();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String table(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    rows.forEach(
        row -> java.util.Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < widths.length; i++) {
        line.append(String.format("%-" + widths[i] + "s  ", row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
