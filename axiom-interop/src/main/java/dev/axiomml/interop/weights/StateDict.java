package dev.axiomml.interop.weights;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a file by name, in the file's order.
 *
 * <p>Immutable; a tensor is made when it is asked for, and mapped from the file where it lies flat
 * in it. Names are verbatim: nested containers are joined by dots, positions in lists are names,
 * and a file that holds one bare tensor gives it the empty name. Tensors that share memory in the
 * file are listed by {@link #tied}.
 */
public final class StateDict {
  /**
   * A tensor at its place.
   *
   * @param keys the containers' keys from the outside in; a key may itself have dots
   * @param tensor the tensor
   */
  public record Entry(List<String> keys, LazyTensor tensor) {
    /** Copies the keys. */
    public Entry {
      keys = List.copyOf(keys);
    }

    /** The keys joined by dots. */
    public String name() {
      return String.join(".", keys);
    }
  }

  private final FilePlace place;
  private final Map<String, Entry> entries;

  private StateDict(FilePlace place, Map<String, Entry> entries) {
    this.place = place;
    this.entries = entries;
  }

  /**
   * The given entries.
   *
   * @throws dev.axiomml.core.error.ModelImportException when two have the same name
   */
  public static StateDict of(FilePlace place, List<Entry> entries) {
    Map<String, Entry> named = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (named.put(entry.name(), entry) != null) {
        throw place.fault(
            "two tensors named " + entry.name(),
            "nested containers are joined by dots, and these two become the same",
            "rename one of them where the file is written");
      }
    }
    return new StateDict(place, named);
  }

  /** Where the tensors come from, for errors. */
  public FilePlace place() {
    return place;
  }

  /** The names in the file's order. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The entries in the file's order. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** How many tensors. */
  public int size() {
    return entries.size();
  }

  /** Element type and sizes of a tensor, without making it. */
  public Optional<Type> type(String name) {
    return entry(name).map(entry -> entry.tensor().type());
  }

  /** A tensor; the same object each time. */
  public Optional<Tensor> tensor(String name) {
    return entry(name).map(entry -> entry.tensor().tensor());
  }

  /** A tensor with its keys. */
  public Optional<Entry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** All tensors by name, made now. */
  public Map<String, Tensor> toMap() {
    Map<String, Tensor> map = new LinkedHashMap<>();
    entries.forEach((name, entry) -> map.put(name, entry.tensor().tensor()));
    return map;
  }

  /** Groups of at least two names whose tensors share memory in the file. */
  public List<List<String>> tied() {
    Map<Object, List<String>> groups = new IdentityHashMap<>();
    List<List<String>> ordered = new ArrayList<>();
    for (Entry entry : entries.values()) {
      List<String> group = groups.get(entry.tensor().storage());
      if (group == null) {
        group = new ArrayList<>();
        groups.put(entry.tensor().storage(), group);
        ordered.add(group);
      }
      group.add(entry.name());
    }
    return ordered.stream().filter(group -> group.size() > 1).map(List::copyOf).toList();
  }

  /** The model's weights inside of a checkpoint; this one where nothing wraps them. */
  public StateDict weights() {
    return WeightWrappers.unwrapped(this);
  }

  /**
   * The weights under the names a model may know them by: as they are, then with each wrapper's
   * prefix ({@code module.}, {@code _orig_mod.}, {@code model.}, {@code net.}) that all of them
   * share taken off.
   */
  public List<StateDict> spellings() {
    return WeightWrappers.spellings(this);
  }

  /** One line a tensor: name, type, sizes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (name, entry) -> text.append(name).append(": ").append(entry.tensor().type()).append('\n'));
    return text.toString();
  }
}
