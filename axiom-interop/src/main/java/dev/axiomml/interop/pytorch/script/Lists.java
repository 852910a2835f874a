package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions of lists, texts and dictionaries. */
final class Lists {
  private static final int LONGEST = 100_000;

  private Lists() {}

  static void into(Map<String, Functions.Row> to) {
    to.put("append", Lists::append);
    to.put("extend", Lists::extend);
    to.put("add", Lists::add);
    to.put("add_", Lists::add);
    to.put("len", Lists::length);
    to.put("slice", Lists::slice);
    to.put("list", (at, x) -> Functions.some(new Thing.Listed(at.things(x.get(0)))));
    to.put("copy", Lists::copy);
    to.put("dict", Lists::dictionary);
    to.put("insert", Lists::insert);
    to.put("_set_item", Lists::put);
    to.put("sum", Lists::sum);
    to.put("items", (at, x) -> map(x).map(Lists::pairs));
    to.put("__getitem__", Lists::element);
    to.put("__contains__", Lists::contains);
    to.put("format", Lists::format);
    to.put("find", Lists::find);
    to.put("keys", (at, x) -> map(x).map(m -> held(m.entries().keySet().stream().toList())));
    to.put(
        "values", (at, x) -> map(x).map(m -> new Thing.Listed(List.copyOf(m.entries().values()))));
  }

  private static Optional<Thing.Mapped> map(List<Thing> given) {
    return given.get(0) instanceof Thing.Mapped map ? Optional.of(map) : Optional.empty();
  }

  private static Thing held(List<Item> items) {
    return new Thing.Listed(items.stream().map(Thing.Held::new).toList());
  }

  /** A list or dictionary of its own; tensors are copied by a call. */
  private static Optional<Thing> copy(Frame at, List<Thing> given) {
    if (given.get(0) instanceof Thing.Mapped map) {
      return Functions.some(mapped(map.entries()));
    }
    boolean list = given.size() == 1 && isList(given.get(0));
    return list ? Functions.some(new Thing.Listed(at.things(given.get(0)))) : Optional.empty();
  }

  private static Thing.Mapped mapped(Map<Item, Thing> entries) {
    Thing.Mapped map = new Thing.Mapped();
    map.entries().putAll(entries);
    return map;
  }

  /** A dictionary of pairs, or an empty one. */
  private static Optional<Thing> dictionary(Frame at, List<Thing> given) {
    Thing.Mapped map = new Thing.Mapped();
    for (Thing pair : given.isEmpty() ? List.<Thing>of() : at.things(given.get(0))) {
      List<Thing> two = at.things(pair);
      map.entries().put(at.settled(two.get(0)), two.get(1));
    }
    return Functions.some(map);
  }

  private static Thing pairs(Thing.Mapped map) {
    return new Thing.Listed(
        map.entries().entrySet().stream()
            .map(e -> new Thing.Listed(List.of(new Thing.Held(e.getKey()), e.getValue())))
            .toList());
  }

  private static Optional<Thing> append(Frame at, List<Thing> given) {
    Thing.Listed list = list(at, given.get(0));
    list.things().add(given.get(1));
    return Functions.some(bounded(list));
  }

  private static Optional<Thing> insert(Frame at, List<Thing> given) {
    Thing.Listed list = list(at, given.get(0));
    int size = list.things().size();
    list.things().add(bound(at, given, 1, size), given.get(2));
    return Functions.some(bounded(list));
  }

  /** An element or an entry given another value. */
  private static Optional<Thing> put(Frame at, List<Thing> given) {
    if (given.get(0) instanceof Thing.Mapped map) {
      map.entries().put(at.settled(given.get(1)), given.get(2));
      return Functions.some(map);
    }
    Thing.Listed list = list(at, given.get(0));
    long index = at.whole(given.get(1));
    list.things().set((int) (index < 0 ? index + list.things().size() : index), given.get(2));
    return Functions.some(list);
  }

  /** The sum of numbers in a list; tensors are summed by a call. */
  private static Optional<Thing> sum(Frame at, List<Thing> given) {
    if (given.size() != 1 || !isList(given.get(0))) {
      return Optional.empty();
    }
    Thing total = Thing.of(0);
    for (Thing thing : at.things(given.get(0))) {
      total = Numbers.apply("add", at, List.of(total, thing)).orElseThrow();
    }
    return Functions.some(total);
  }

  private static Optional<Thing> extend(Frame at, List<Thing> given) {
    Thing.Listed list = list(at, given.get(0));
    list.things().addAll(at.things(given.get(1)));
    return Functions.some(bounded(list));
  }

  private static Thing.Listed list(Frame at, Thing thing) {
    if (thing instanceof Thing.Listed list) {
      return list;
    }
    throw at.unknown(Frame.shown(thing) + " as a list that grows");
  }

  private static Thing.Listed bounded(Thing.Listed list) {
    if (list.things().size() > LONGEST) {
      throw new IllegalArgumentException("a list of more than " + LONGEST + " elements");
    }
    return list;
  }

  /** Lists one after the other, texts, or numbers. */
  private static Optional<Thing> add(Frame at, List<Thing> given) {
    Thing a = given.get(0);
    Thing b = given.get(given.size() - 1);
    boolean lists = a instanceof Thing.Listed || b instanceof Thing.Listed;
    if (given.size() == 2 && lists) {
      List<Thing> all = new ArrayList<>(at.things(a));
      all.addAll(at.things(b));
      return Functions.some(bounded(new Thing.Listed(all)));
    }
    boolean texts = text(a).isPresent() && text(b).isPresent();
    return texts
        ? Functions.some(Thing.of(cut(text(a).orElse("") + text(b).orElse(""))))
        : Numbers.apply("add", at, given);
  }

  private static Optional<String> text(Thing thing) {
    return thing instanceof Thing.Held held && held.item() instanceof Item.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static Optional<Thing> length(Frame at, List<Thing> given) {
    Thing x = given.get(0);
    if (text(x).isPresent()) {
      return Functions.some(Thing.of(text(x).orElse("").length()));
    }
    if (x instanceof Thing.Mapped map) {
      return Functions.some(Thing.of(map.entries().size()));
    }
    boolean tensor =
        x instanceof Thing.Held held
            && at.recording().isTensor(held.item())
            && !(at.settled(x) instanceof Item.Many);
    return Functions.some(
        tensor
            ? new Thing.Held(new Item.Size(at.recording().type(at.item(x)).shape().dim(0)))
            : Thing.of(at.things(x).size()));
  }

  /** A part of a list; tensors are sliced by a call. */
  private static Optional<Thing> slice(Frame at, List<Thing> given) {
    if (!isList(given.get(0))) {
      return Optional.empty();
    }
    List<Thing> things = at.things(given.get(0));
    int size = things.size();
    int start = bound(at, given, 1, size);
    int end = bound(at, given, 2, size);
    long step = given.size() > 3 ? at.whole(given.get(3)) : 1;
    if (step < 1) {
      throw new IllegalArgumentException("a list in steps of " + step);
    }
    List<Thing> part = new ArrayList<>();
    for (long i = start; i < end; i += step) {
      part.add(things.get((int) i));
    }
    return Functions.some(new Thing.Listed(part));
  }

  private static boolean isList(Thing thing) {
    return thing instanceof Thing.Listed
        || (thing instanceof Thing.Held held && held.item() instanceof Item.Many);
  }

  private static int bound(Frame at, List<Thing> given, int index, int size) {
    boolean none =
        given.size() <= index
            || (given.get(index) instanceof Thing.Held held && held.item() instanceof Item.Nothing);
    long standard = index == 1 ? 0 : size;
    long asked = none ? standard : at.whole(given.get(index));
    return (int) Math.max(0, Math.min(size, asked < 0 ? asked + size : asked));
  }

  private static Optional<Thing> element(Frame at, List<Thing> given) {
    if (given.get(0) instanceof Thing.Mapped map) {
      return Optional.ofNullable(map.entries().get(at.settled(given.get(1))));
    }
    List<Thing> things = at.things(given.get(0));
    long index = at.whole(given.get(1));
    return Functions.some(things.get(Math.toIntExact(index < 0 ? index + things.size() : index)));
  }

  private static Optional<Thing> contains(Frame at, List<Thing> given) {
    Item wanted = at.settled(given.get(1));
    return Functions.some(
        Thing.of(
            given.get(0) instanceof Thing.Mapped map
                ? map.entries().containsKey(wanted)
                : at.things(given.get(0)).stream().anyMatch(t -> at.settled(t).equals(wanted))));
  }

  private static Optional<Thing> format(Frame at, List<Thing> given) {
    String out = text(given.get(0)).orElse("");
    for (Thing thing : given.subList(1, given.size())) {
      int hole = out.indexOf("{}");
      String shown = text(thing).orElseGet(() -> Frame.shown(thing));
      out = hole < 0 ? out : out.substring(0, hole) + shown + out.substring(hole + 2);
      at.evaluation().tick(at, 1);
    }
    return Functions.some(Thing.of(cut(out)));
  }

  private static Optional<Thing> find(Frame at, List<Thing> given) {
    String in = text(given.get(0)).orElseThrow(() -> at.unknown("find in no text"));
    return Functions.some(Thing.of(in.indexOf(text(given.get(1)).orElse(""))));
  }
}
