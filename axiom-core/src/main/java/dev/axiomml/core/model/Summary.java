package dev.axiomml.core.model;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A model as a table of layers. */
final class Summary {
  private Summary() {}

  static String of(Model<?> model) {
    List<List<String>> rows =
        new ArrayList<>(List.of(List.of("layer", "operator", "output", "parameters")));
    for (Node node : model.graph().nodes()) {
      long count = node.op().parameters().stream().mapToLong(p -> p.tensor().size()).sum();
      rows.add(
          List.of(
              node.name(),
              node.op().title(),
              String.valueOf(node.out().get(0).type()),
              count == 0 ? "" : String.format("%,d", count)));
    }
    StringBuilder text = new StringBuilder("model " + model.name() + "\n");
    model.signature().inputs().forEach(port -> text.append("in   ").append(port).append('\n'));
    text.append(table(rows));
    model.signature().outputs().forEach(port -> text.append("out  ").append(port).append('\n'));
    long total = model.parameters().stream().map(Parameter::tensor).mapToLong(t -> t.size()).sum();
    text.append(String.format("%,d parameters%n", total));
    model.ensures().forEach(p -> text.append("ensure  ").append(p).append('\n'));
    model.theorems().forEach(t -> text.append("prove   ").append(t).append('\n'));
    return text.toString();
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
