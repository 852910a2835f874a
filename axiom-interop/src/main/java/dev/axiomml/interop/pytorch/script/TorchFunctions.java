package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.assembly.ProgramDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of torch that say something about values without computing tensors: a row a name.
 */
final class TorchFunctions {
  private static final Map<String, Row> ROWS = rows();

  private TorchFunctions() {}

  /** A function; empty where it is a call on tensors after all. */
  @FunctionalInterface
  interface Row {
    Optional<ScriptValue> apply(MethodFrame at, List<ScriptValue> given);
  }

  static Optional<Row> find(String name) {
    return Optional.ofNullable(ROWS.get(name));
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    PythonNumbers.NAMES.forEach(
        name -> rows.put(name, (at, x) -> PythonNumbers.apply(name, at, x)));
    ScriptComparisons.NAMES.forEach(
        name -> rows.put(name, (at, x) -> ScriptComparisons.apply(name, at, x)));
    ListFunctions.into(rows);
    tensors(rows);
    truths(rows);
    passing(rows);
    return rows;
  }

  private static void tensors(Map<String, Row> to) {
    to.put(
        "dim",
        (at, x) -> some(ScriptValue.of(at.recording().type(at.item(x.get(0))).shape().rank())));
    to.put("ndimension", to.get("dim"));
    to.put("size", TorchFunctions::size);
    to.put("dtype", TorchFunctions::dtype);
    to.put("device", (at, x) -> some(ScriptValue.of("cpu")));
    to.put(
        "type",
        (at, x) -> x.get(0) instanceof ScriptValue.Held ? some(ScriptValue.of("cpu")) : empty());
    to.put("layout", (at, x) -> some(ScriptValue.nothing()));
    to.put("is_floating_point", TorchFunctions::isFloat);
    to.put(
        "requires_grad",
        (at, x) -> some(ScriptValue.of(at.item(x.get(0)) instanceof AtenItem.Weight)));
    // True keeps attention off the fused calls that PyTorch has for inference only.
    to.put("is_grad_enabled", (at, x) -> some(ScriptValue.of(true)));
    for (String never :
        List.of("is_cuda", "is_nested", "is_quantized", "is_sparse", "is_mkldnn", "is_meta")) {
      to.put(never, (at, x) -> some(ScriptValue.of(false)));
    }
    to.put("is_autocast_enabled", (at, x) -> some(ScriptValue.of(false)));
    to.put("is_complex", (at, x) -> some(ScriptValue.of(false)));
    to.put("is_scripting", (at, x) -> some(ScriptValue.of(true)));
  }

  private static Optional<ScriptValue> size(MethodFrame at, List<ScriptValue> x) {
    if (x.size() != 1) {
      return Optional.empty();
    }
    List<Dim> dims = at.recording().type(at.item(x.get(0))).shape().dims();
    return some(
        new ScriptValue.Listed(
            dims.stream().map(d -> new ScriptValue.Held(new AtenItem.Size(d))).toList()));
  }

  private static Optional<ScriptValue> dtype(MethodFrame at, List<ScriptValue> x) {
    return some(
        ScriptValue.of(ProgramDraft.number(at.recording().type(at.item(x.get(0))).dtype())));
  }

  private static Optional<ScriptValue> isFloat(MethodFrame at, List<ScriptValue> x) {
    return some(ScriptValue.of(at.recording().type(at.item(x.get(0))).dtype().isFloat()));
  }

  private static void truths(Map<String, Row> to) {
    to.put("__is__", (at, x) -> some(ScriptValue.of(ScriptComparisons.same(at, x))));
    to.put("__isnot__", (at, x) -> some(ScriptValue.of(!ScriptComparisons.same(at, x))));
    to.put("__not__", ScriptComparisons::not);
    to.put("__and__", (at, x) -> ScriptComparisons.all(at, x, true));
    to.put("__or__", (at, x) -> ScriptComparisons.all(at, x, false));
    to.put("all", (at, x) -> ScriptComparisons.over(at, x, true));
    to.put("any", (at, x) -> ScriptComparisons.over(at, x, false));
    to.put("bool", TorchFunctions::truth);
    to.put("Bool", TorchFunctions::truth);
    to.put("warn", (at, x) -> some(ScriptValue.nothing()));
    to.put("print", (at, x) -> some(ScriptValue.nothing()));
    to.put("RaiseException", TorchFunctions::raised);
  }

  private static Optional<ScriptValue> truth(MethodFrame at, List<ScriptValue> x) {
    return some(
        x.get(0) instanceof ScriptValue.Open open
            ? open
            : ScriptValue.of(new BranchChoice(at).truth(x.get(0))));
  }

  private static Optional<ScriptValue> raised(MethodFrame at, List<ScriptValue> x) {
    String said = x.isEmpty() ? "an error" : MethodFrame.shown(x.get(0));
    throw at.fault(
        "the model itself refuses such inputs: " + said,
        "its source raises an error for them",
        "say other sizes: Axiom.load(path, input(image(28, 28, 1))), or --input-shape");
  }

  /** Functions that answer their argument. */
  private static void passing(Map<String, Row> to) {
    for (String name :
        List.of("NumToTensor", "unchecked_unwrap_optional", "_unwrap_optional", "data", "Int")) {
      to.put(name, (at, x) -> some(x.get(0)));
    }
    to.put("ScalarImplicit", to.get("Int"));
    to.put("IntImplicit", to.get("Int"));
    to.put("FloatImplicit", to.get("Int"));
  }

  private static Optional<ScriptValue> empty() {
    return Optional.empty();
  }

  static Optional<ScriptValue> some(ScriptValue thing) {
    return Optional.of(thing);
  }
}
