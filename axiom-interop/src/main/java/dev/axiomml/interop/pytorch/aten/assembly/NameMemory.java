package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What names stand for while a program with in-place calls is emitted: a name may look at the
 * memory of another, so that overwriting one is seen through all of them.
 *
 * <p>A value that was overwritten is put back into what it is a part of, up to the whole; other
 * views of that memory are made anew from it when they are read.
 */
final class NameMemory {
  /**
   * Where a name looks.
   *
   * @param view how it looks at its parent
   * @param sure whether it does for certain, or only if the parent lies in memory row by row
   */
  record Tie(String parent, MemoryView view, boolean sure) {}

  private final Map<String, AtenItem> items = new HashMap<>();
  private final Map<String, Tie> ties = new HashMap<>();
  private final Map<String, List<String>> below = new HashMap<>();
  private final Set<String> stale = new HashSet<>();
  private final Map<String, AtenStep> doubtful = new HashMap<>();

  /** Gives a name a value of its own. */
  void put(String name, AtenItem item) {
    items.put(name, item);
    stale.remove(name);
    doubtful.remove(name);
    untie(name);
    below.remove(name);
  }

  private void untie(String name) {
    Optional<Tie> tie = tieOf(name);
    ties.remove(name);
    tie.ifPresent(t -> views(t.parent()).remove(name));
  }

  private Optional<Tie> tieOf(String name) {
    return Optional.ofNullable(ties.get(name));
  }

  private List<String> views(String name) {
    return below.computeIfAbsent(name, n -> new ArrayList<>());
  }

  /** Says that a name, which has its value, looks at another's memory. */
  void tie(String name, Tie tie) {
    ties.put(name, tie);
    views(tie.parent()).add(name);
  }

  /**
   * What a name stands for now; empty when nothing made it.
   *
   * @throws ModelImportException when it cannot be known: its memory may have been overwritten
   */
  Optional<AtenItem> get(String name) {
    Optional.ofNullable(doubtful.get(name)).ifPresent(step -> refuse(step, name));
    if (stale.remove(name)) {
      tieOf(name).ifPresent(tie -> items.put(name, tie.view().of(of(tie.parent()))));
    }
    return Optional.ofNullable(items.get(name));
  }

  private AtenItem of(String name) {
    return get(name).orElseThrow();
  }

  /** Gives a name's value, and all that looks at it or that it looks at, to another name. */
  void rename(String from, String to) {
    items.put(to, of(from));
    Optional<Tie> up = tieOf(from);
    untie(from);
    up.ifPresent(tie -> tie(to, tie));
    for (String view : List.copyOf(views(from))) {
      tieOf(view).ifPresent(tie -> ties.put(view, new Tie(to, tie.view(), tie.sure())));
      views(to).add(view);
    }
    below.remove(from);
  }

  /** The name at the end of all that this one looks at. */
  String whole(String name) {
    return tieOf(name).map(tie -> whole(tie.parent())).orElse(name);
  }

  /** Overwrites what a name stands for, by a call. */
  void overwrite(String name, AtenItem value, AtenCall by) {
    doubt(name, by.step());
    items.put(name, value);
    age(name, "");
    up(name, value, by);
  }

  /** Puts a part back into what it is a part of, up to the whole. */
  private void up(String child, AtenItem part, AtenCall by) {
    Optional<Tie> sure = tieOf(child).filter(Tie::sure);
    if (sure.isPresent()) {
      Tie tie = sure.get();
      AtenItem whole = tie.view().into(of(tie.parent()), part, by);
      items.put(tie.parent(), whole);
      age(tie.parent(), child);
      up(tie.parent(), whole, by);
    }
  }

  /** What looks at a name must look again, all but one. */
  private void age(String name, String but) {
    for (String view : List.copyOf(views(name))) {
      if (!view.equals(but) && tieOf(view).filter(Tie::sure).isPresent()) {
        stale.add(view);
        age(view, "");
      }
    }
  }

  /** Marks everything that may share memory with a name, but perhaps does not. */
  private void doubt(String name, AtenStep by) {
    Map<String, Boolean> seen = new HashMap<>(Map.of(name, true));
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      String at = open.pop();
      boolean sure = seen.getOrDefault(at, true);
      neighbours(at).entrySet().stream()
          .filter(next -> seen.putIfAbsent(next.getKey(), sure && next.getValue()) == null)
          .forEach(next -> open.push(next.getKey()));
    }
    seen.forEach((other, sure) -> note(other, sure, by));
  }

  private void note(String name, boolean sure, AtenStep by) {
    if (!sure) {
      doubtful.put(name, by);
    }
  }

  /** What a name looks at and what looks at it, and whether it does for certain. */
  private Map<String, Boolean> neighbours(String name) {
    Map<String, Boolean> all = new LinkedHashMap<>();
    views(name).forEach(view -> tieOf(view).ifPresent(tie -> all.put(view, tie.sure())));
    tieOf(name).ifPresent(tie -> all.put(tie.parent(), tie.sure()));
    return all;
  }

  private static void refuse(AtenStep step, String name) {
    throw new ModelImportException(
        new Diagnosis(
            step.target().text() + " overwrites memory that " + name + " may be a view of",
            "node " + step.path(),
            "whether reshape and contiguous answer a view or a copy depends on how the tensor lies"
                + " in memory, which the file does not say",
            "write .clone() or .view(…) for it, or the step without the underscore, and export"
                + " again"));
  }
}
