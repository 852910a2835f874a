package dev.axiomml.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.interop.onnx.OnnxConformance;
import dev.axiomml.interop.onnx.OnnxConformance.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom onnx-test}. */
@picocli.CommandLine.Command(
    name = "onnx-test",
    description = "Runs a folder tree of ONNX backend tests and says how each ended.")
public final class OnnxTestCommand extends AxiomSubcommand {
  @Parameters(index = "0", paramLabel = "DIR", description = "<suite>/<test>/model.onnx below it.")
  private Path folder = Path.of("");

  @Option(names = "--backend", description = "What runs the models: reference, native or nd4j.")
  private String backend = "reference";

  @Option(names = "--json", description = "Prints one JSON list instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    requireFolder();
    Backend runner = Backends.require(new BackendId(backend));
    List<OnnxConformance.Result> known = Collections.synchronizedList(new ArrayList<>());
    interruption().otherwise(() -> print(List.copyOf(known)));
    OnnxConformance.run(folder, runner, result -> line(result, known));
    return interruption().takesPrinting() ? printed(known) : ExitCodes.INTERRUPTED;
  }

  private int printed(List<OnnxConformance.Result> results) {
    print(results);
    if (results.isEmpty()) {
      notes().println("nothing was tested: no <suite>/<test>/model.onnx below " + folder);
      return ExitCodes.UNKNOWN;
    }
    if (results.stream().anyMatch(OnnxTestCommand::isWrong)) {
      return ExitCodes.NO;
    }
    if (results.stream().noneMatch(r -> r.status() == Status.PASSED)) {
      notes().println("nothing was tested: every model is refused");
      return ExitCodes.UNKNOWN;
    }
    return ExitCodes.OK;
  }

  private static boolean isWrong(OnnxConformance.Result result) {
    return result.status() == Status.MISMATCH || result.status() == Status.ERROR;
  }

  private void print(List<OnnxConformance.Result> results) {
    long passed = results.stream().filter(r -> r.status() == Status.PASSED).count();
    out().println(json ? list(results) : "passed " + passed + " of " + results.size());
    out().flush();
  }

  private void requireFolder() {
    if (!Files.isDirectory(folder)) {
      throw new ModelImportException(
          new Diagnosis(
              Files.exists(folder) ? folder + " is no folder" : "no folder " + folder,
              folder.toString(),
              "tests lie in a folder as <suite>/<test>/model.onnx",
              "give the folder above the suites"));
    }
  }

  private void line(OnnxConformance.Result r, List<OnnxConformance.Result> known) {
    known.add(r);
    if (!json) {
      String test = r.suite() + "/" + r.test();
      out().println("%-8s  %s  %s".formatted(r.status(), test, r.detail()).strip());
    }
  }

  private static String list(List<OnnxConformance.Result> results) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (OnnxConformance.Result r : results) {
      all.addObject()
          .put("suite", r.suite())
          .put("test", r.test())
          .put("status", r.status().toString())
          .put("detail", r.detail())
          .put("seconds", r.seconds());
    }
    return all.toString();
  }
}
