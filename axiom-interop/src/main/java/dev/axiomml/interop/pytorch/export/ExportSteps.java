package dev.axiomml.interop.pytorch.export;

import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the nodes of an exported graph. */
final class ExportSteps {
  private ExportSteps() {}

  static AtenStep read(LocatedJson node, ExportArguments arguments) {
    List<AtenStep.Argument> given = new ArrayList<>();
    for (LocatedJson input : node.at("inputs").list()) {
      String name = input.at("name").text();
      given.add(new AtenStep.Argument(name, arguments.read(input.at("arg"))));
    }
    List<String> results = new ArrayList<>();
    boolean spread = false;
    for (LocatedJson output : node.at("outputs").list()) {
      Map.Entry<String, LocatedJson> tagged = output.only();
      spread |= tagged.getKey().equals("as_tensors") || !results.isEmpty();
      results(tagged.getKey(), tagged.getValue(), results);
    }
    CallTarget target = CallTarget.of(node.at("target").text());
    String first = results.isEmpty() ? target.name() : results.get(0);
    return new AtenStep(path(node, first), target, given, results, spread);
  }

  private static void results(String tag, LocatedJson value, List<String> results) {
    switch (tag) {
      case "as_tensors" -> value.list().forEach(one -> results.add(one.at("name").text()));
      case "as_tensor" -> results.add(value.at("name").text());
      case "as_sym_int", "as_sym_float", "as_sym_bool" -> results.add(value.at("as_name").text());
      case "as_none" -> results.add("");
      default -> throw value.wrong("a result of a known kind");
    }
  }

  /** The module's path for a leaf module, else the path with the value's name. */
  private static String path(LocatedJson node, String result) {
    String name = node.has("name") ? node.at("name").text() : result;
    LocatedJson metadata = node.at("metadata");
    if (!metadata.has("nn_module_stack")) {
      return name;
    }
    String[] stack = metadata.at("nn_module_stack").text().split(";");
    String[] innermost = stack[stack.length - 1].split(",");
    boolean unknown = innermost.length < 3 || innermost[1].startsWith("_empty_nn_module_stack");
    String path = unknown ? "" : innermost[1];
    boolean leaf =
        !path.isEmpty()
            && innermost[2].startsWith("torch.nn.modules.")
            && !innermost[2].startsWith("torch.nn.modules.container")
            && !innermost[2].startsWith("torch.nn.modules.transformer");
    return leaf ? path : path.isEmpty() ? name : path + "." + name;
  }
}
