package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** {@code axiom summary}. */
@picocli.CommandLine.Command(
    name = "summary",
    description = "Shows layers, shapes, parameters, operators and properties of a model.")
public final class SummaryCommand extends AxiomSubcommand {
  @Mixin private ModelArgument model = new ModelArgument();

  @Override
  public Integer call() {
    Model<?> opened = model.open(Layout.AS_FILE);
    out().print(opened.summary());
    Map<String, Long> counts =
        opened.inference().nodes().stream()
            .collect(
                Collectors.groupingBy(
                    (Node n) -> n.op().title(), TreeMap::new, Collectors.counting()));
    out()
        .println(
            "runs as  "
                + counts.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", ")));
    return ExitCodes.OK;
  }
}
