package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.Draft;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of torch that say something about values without computing tensors: a row a name.
 */
final class Functions {
  private static final Map<String, Row> ROWS = rows();

  private Functions() {}

  /** A function; empty where it is a call on tensors after all. */
  @FunctionalInterface
  interface Row {
    Optional<Thing> apply(Frame at, List<Thing> given);
  }

  static Optional<Row> find(String name) {
    return Optional.ofNullable(ROWS.get(name));
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    Numbers.NAMES.forEach(name -> rows.put(name, (at, x) -> Numbers.apply(name, at, x)));
    Comparing.NAMES.forEach(name -> rows.put(name, (at, x) -> Comparing.apply(name, at, x)));
    Lists.into(rows);
    tensors(rows);
    truths(rows);
    passing(rows);
    return rows;
  }

  private static void tensors(Map<String, Row> to) {
    to.put("dim", (at, x) -> some(Thing.of(at.recording().type(at.item(x.get(0))).shape().rank())));
    to.put("ndimension", to.get("dim"));
    to.put("size", Functions::size);
    to.put("dtype", Functions::dtype);
    to.put("device", (at, x) -> some(Thing.of("cpu")));
    to.put("type", (at, x) -> x.get(0) instanceof Thing.Held ? some(Thing.of("cpu")) : empty());
    to.put("layout", (at, x) -> some(Thing.nothing()));
    to.put("is_floating_point", Functions::isFloat);
    to.put("requires_grad", (at, x) -> some(Thing.of(at.item(x.get(0)) instanceof Item.Weight)));
    // True keeps attention off the fused calls that PyTorch has for inference only.
    to.put("is_grad_enabled", (at, x) -> some(Thing.of(true)));
    for (String never :
        List.of("is_cuda", "is_nested", "is_quantized", "is_sparse", "is_mkldnn", "is_meta")) {
      to.put(never, (at, x) -> some(Thing.of(false)));
    }
    to.put("is_autocast_enabled", (at, x) -> some(Thing.of(false)));
    to.put("is_complex", (at, x) -> some(Thing.of(false)));
    to.put("is_scripting", (at, x) -> some(Thing.of(true)));
  }

  private static Optional<Thing> size(Frame at, List<Thing> x) {
    if (x.size() != 1) {
      return Optional.empty();
    }
    List<Dim> dims = at.recording().type(at.item(x.get(0))).shape().dims();
    return some(
        new Thing.Listed(dims.stream().map(d -> new Thing.Held(new Item.Size(d))).toList()));
  }

  private static Optional<Thing> dtype(Frame at, List<Thing> x) {
    return some(Thing.of(Draft.number(at.recording().type(at.item(x.get(0))).dtype())));
  }

  private static Optional<Thing> isFloat(Frame at, List<Thing> x) {
    return some(Thing.of(at.recording().type(at.item(x.get(0))).dtype().isFloat()));
  }

  private static void truths(Map<String, Row> to) {
    to.put("__is__", (at, x) -> some(Thing.of(Comparing.same(at, x))));
    to.put("__isnot__", (at, x) -> some(Thing.of(!Comparing.same(at, x))));
    to.put("__not__", Comparing::not);
    to.put("__and__", (at, x) -> Comparing.all(at, x, true));
    to.put("__or__", (at, x) -> Comparing.all(at, x, false));
    to.put("all", (at, x) -> Comparing.over(at, x, true));
    to.put("any", (at, x) -> Comparing.over(at, x, false));
    to.put("bool", Functions::truth);
    to.put("Bool", Functions::truth);
    to.put("warn", (at, x) -> some(Thing.nothing()));
    to.put("print", (at, x) -> some(Thing.nothing()));
    to.put("RaiseException", Functions::raised);
  }

  private static Optional<Thing> truth(Frame at, List<Thing> x) {
    return some(
        x.get(0) instanceof Thing.Open open ? open : Thing.of(new Choice(at).truth(x.get(0))));
  }

  private static Optional<Thing> raised(Frame at, List<Thing> x) {
    String said = x.isEmpty() ? "an error" : Frame.shown(x.get(0));
    throw at.fault(
        "the model itself refuses such inputs: " + said,
        "its source raises an error for them",
        "say other sizes: PyTorch.load(path, input(image(28, 28, 1))), or --input-shape");
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

  private static Optional<Thing> empty() {
    return Optional.empty();
  }

  static Optional<Thing> some(Thing thing) {
    return Optional.of(thing);
  }
}
