package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions of lists, texts and dictionaries. */
final class ListFunctions {
  private static final int LONGEST = 100_000;

  private ListFunctions() {}

  static void into(Map<String, TorchFunctions.Row> to) {
    to.put("append", ListFunctions::append);
    to.put("extend", ListFunctions::extend);
    to.put("add", ListFunctions::add);
    to.put("add_", ListFunctions::add);
    to.put("len", ListFunctions::length);
    to.put("slice", ListFunctions::slice);
    to.put("list", (at, x) -> TorchFunctions.some(new ScriptValue.Listed(at.things(x.get(0)))));
    to.put("copy", ListFunctions::copy);
    to.put("dict", ListFunctions::dictionary);
    to.put("insert", ListFunctions::insert);
    to.put("_set_item", ListFunctions::put);
    to.put("sum", ListFunctions::sum);
    to.put("items", (at, x) -> map(x).map(ListFunctions::pairs));
    to.put("__getitem__", ListFunctions::element);
    to.put("__contains__", ListFunctions::contains);
    to.put("format", ListFunctions::format);
    to.put("find", ListFunctions::find);
    to.put("keys", (at, x) -> map(x).map(m -> held(m.entries().keySet().stream().toList())));
    to.put(
        "values",
        (at, x) -> map(x).map(m -> new ScriptValue.Listed(List.copyOf(m.entries().values()))));
  }

  private static Optional<ScriptValue.Mapped> map(List<ScriptValue> given) {
    return given.get(0) instanceof ScriptValue.Mapped map ? Optional.of(map) : Optional.empty();
  }

  private static ScriptValue held(List<AtenItem> items) {
    return new ScriptValue.Listed(items.stream().map(ScriptValue.Held::new).toList());
  }

  /** A list or dictionary of its own; tensors are copied by a call. */
  private static Optional<ScriptValue> copy(MethodFrame at, List<ScriptValue> given) {
    if (given.get(0) instanceof ScriptValue.Mapped map) {
      return TorchFunctions.some(mapped(map.entries()));
    }
    boolean list = given.size() == 1 && isList(given.get(0));
    return list
        ? TorchFunctions.some(new ScriptValue.Listed(at.things(given.get(0))))
        : Optional.empty();
  }

  private static ScriptValue.Mapped mapped(Map<AtenItem, ScriptValue> entries) {
    ScriptValue.Mapped map = new ScriptValue.Mapped();
    map.entries().putAll(entries);
    return map;
  }

  /** A dictionary of pairs, or an empty one. */
  private static Optional<ScriptValue> dictionary(MethodFrame at, List<ScriptValue> given) {
    ScriptValue.Mapped map = new ScriptValue.Mapped();
    for (ScriptValue pair : given.isEmpty() ? List.<ScriptValue>of() : at.things(given.get(0))) {
      List<ScriptValue> two = at.things(pair);
      map.entries().put(at.settled(two.get(0)), two.get(1));
    }
    return TorchFunctions.some(map);
  }

  private static ScriptValue pairs(ScriptValue.Mapped map) {
    return new ScriptValue.Listed(
        map.entries().entrySet().stream()
            .map(
                e ->
                    new ScriptValue.Listed(List.of(new ScriptValue.Held(e.getKey()), e.getValue())))
            .toList());
  }

  private static Optional<ScriptValue> append(MethodFrame at, List<ScriptValue> given) {
    ScriptValue.Listed list = list(at, given.get(0));
    list.things().add(given.get(1));
    return TorchFunctions.some(bounded(list));
  }

  private static Optional<ScriptValue> insert(MethodFrame at, List<ScriptValue> given) {
    ScriptValue.Listed list = list(at, given.get(0));
    int size = list.things().size();
    list.things().add(bound(at, given, 1, size), given.get(2));
    return TorchFunctions.some(bounded(list));
  }

  /** An element or an entry given another value. */
  private static Optional<ScriptValue> put(MethodFrame at, List<ScriptValue> given) {
    if (given.get(0) instanceof ScriptValue.Mapped map) {
      map.entries().put(at.settled(given.get(1)), given.get(2));
      return TorchFunctions.some(map);
    }
    ScriptValue.Listed list = list(at, given.get(0));
    long index = at.whole(given.get(1));
    list.things().set((int) (index < 0 ? index + list.things().size() : index), given.get(2));
    return TorchFunctions.some(list);
  }

  /** The sum of numbers in a list; tensors are summed by a call. */
  private static Optional<ScriptValue> sum(MethodFrame at, List<ScriptValue> given) {
    if (given.size() != 1 || !isList(given.get(0))) {
      return Optional.empty();
    }
    ScriptValue total = ScriptValue.of(0);
    for (ScriptValue thing : at.things(given.get(0))) {
      total = PythonNumbers.apply("add", at, List.of(total, thing)).orElseThrow();
    }
    return TorchFunctions.some(total);
  }

  private static Optional<ScriptValue> extend(MethodFrame at, List<ScriptValue> given) {
    ScriptValue.Listed list = list(at, given.get(0));
    list.things().addAll(at.things(given.get(1)));
    return TorchFunctions.some(bounded(list));
  }

  private static ScriptValue.Listed list(MethodFrame at, ScriptValue thing) {
    if (thing instanceof ScriptValue.Listed list) {
      return list;
    }
    throw at.unknown(MethodFrame.shown(thing) + " as a list that grows");
  }

  private static ScriptValue.Listed bounded(ScriptValue.Listed list) {
    if (list.things().size() > LONGEST) {
      throw new IllegalArgumentException("a list of more than " + LONGEST + " elements");
    }
    return list;
  }

  /** Lists one after the other, texts, or numbers. */
  private static Optional<ScriptValue> add(MethodFrame at, List<ScriptValue> given) {
    ScriptValue a = given.get(0);
    ScriptValue b = given.get(given.size() - 1);
    boolean lists = a instanceof ScriptValue.Listed || b instanceof ScriptValue.Listed;
    if (given.size() == 2 && lists) {
      List<ScriptValue> all = new ArrayList<>(at.things(a));
      all.addAll(at.things(b));
      return TorchFunctions.some(bounded(new ScriptValue.Listed(all)));
    }
    boolean texts = text(a).isPresent() && text(b).isPresent();
    return texts
        ? TorchFunctions.some(ScriptValue.of(cut(text(a).orElse("") + text(b).orElse(""))))
        : PythonNumbers.apply("add", at, given);
  }

  private static Optional<String> text(ScriptValue thing) {
    return thing instanceof ScriptValue.Held held && held.item() instanceof AtenItem.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static Optional<ScriptValue> length(MethodFrame at, List<ScriptValue> given) {
    ScriptValue x = given.get(0);
    if (text(x).isPresent()) {
      return TorchFunctions.some(ScriptValue.of(text(x).orElse("").length()));
    }
    if (x instanceof ScriptValue.Mapped map) {
      return TorchFunctions.some(ScriptValue.of(map.entries().size()));
    }
    boolean tensor =
        x instanceof ScriptValue.Held held
            && at.recording().isTensor(held.item())
            && !(at.settled(x) instanceof AtenItem.Many);
    return TorchFunctions.some(
        tensor
            ? new ScriptValue.Held(
                new AtenItem.Size(at.recording().type(at.item(x)).shape().dim(0)))
            : ScriptValue.of(at.things(x).size()));
  }

  /** A part of a list; tensors are sliced by a call. */
  private static Optional<ScriptValue> slice(MethodFrame at, List<ScriptValue> given) {
    if (!isList(given.get(0))) {
      return Optional.empty();
    }
    List<ScriptValue> things = at.things(given.get(0));
    int size = things.size();
    int start = bound(at, given, 1, size);
    int end = bound(at, given, 2, size);
    long step = given.size() > 3 ? at.whole(given.get(3)) : 1;
    if (step < 1) {
      throw new IllegalArgumentException("a list in steps of " + step);
    }
    List<ScriptValue> part = new ArrayList<>();
    for (long i = start; i < end; i += step) {
      part.add(things.get((int) i));
    }
    return TorchFunctions.some(new ScriptValue.Listed(part));
  }

  private static boolean isList(ScriptValue thing) {
    return thing instanceof ScriptValue.Listed
        || (thing instanceof ScriptValue.Held held && held.item() instanceof AtenItem.Many);
  }

  private static int bound(MethodFrame at, List<ScriptValue> given, int index, int size) {
    boolean none =
        given.size() <= index
            || (given.get(index) instanceof ScriptValue.Held held
                && held.item() instanceof AtenItem.Nothing);
    long standard = index == 1 ? 0 : size;
    long asked = none ? standard : at.whole(given.get(index));
    return (int) Math.max(0, Math.min(size, asked < 0 ? asked + size : asked));
  }

  private static Optional<ScriptValue> element(MethodFrame at, List<ScriptValue> given) {
    if (given.get(0) instanceof ScriptValue.Mapped map) {
      return Optional.ofNullable(map.entries().get(at.settled(given.get(1))));
    }
    List<ScriptValue> things = at.things(given.get(0));
    long index = at.whole(given.get(1));
    return TorchFunctions.some(
        things.get(Math.toIntExact(index < 0 ? index + things.size() : index)));
  }

  private static Optional<ScriptValue> contains(MethodFrame at, List<ScriptValue> given) {
    AtenItem wanted = at.settled(given.get(1));
    return TorchFunctions.some(
        ScriptValue.of(
            given.get(0) instanceof ScriptValue.Mapped map
                ? map.entries().containsKey(wanted)
                : at.things(given.get(0)).stream().anyMatch(t -> at.settled(t).equals(wanted))));
  }

  private static Optional<ScriptValue> format(MethodFrame at, List<ScriptValue> given) {
    String out = text(given.get(0)).orElse("");
    for (ScriptValue thing : given.subList(1, given.size())) {
      int hole = out.indexOf("{}");
      String shown = text(thing).orElseGet(() -> MethodFrame.shown(thing));
      out = hole < 0 ? out : out.substring(0, hole) + shown + out.substring(hole + 2);
      at.evaluation().tick(at, 1);
    }
    return TorchFunctions.some(ScriptValue.of(cut(out)));
  }

  private static Optional<ScriptValue> find(MethodFrame at, List<ScriptValue> given) {
    String in = text(given.get(0)).orElseThrow(() -> at.unknown("find in no text"));
    return TorchFunctions.some(ScriptValue.of(in.indexOf(text(given.get(1)).orElse(""))));
  }
}
