package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PickleEnvironment;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The persistent ids of checkpoints: {@code ('storage', class, key, device, elements)}, in legacy
 * streams with a view behind, and {@code ('module', class, file, source)}.
 *
 * <p>Device tags are left out: data is data.
 */
final class StorageIds implements PickleEnvironment {
  /** Where storages lie. */
  interface Source {
    /** The bytes of a storage, at least {@code size}; may be fetched later. */
    TorchStorage find(String key, Optional<DType> type, long size, PickleLocation site);
  }

  private final Source source;
  private final PickleCallees callees;
  private final Map<String, TorchStorage> known = new HashMap<>();

  StorageIds(Source source, CopyBudget budget) {
    this.source = source;
    this.callees = new PickleCallees(budget);
  }

  /** The storages that were named, by key. */
  Map<String, TorchStorage> known() {
    return known;
  }

  @Override
  public Optional<Callee> callee(PyValue.Global name) {
    return callees.find(name);
  }

  @Override
  public PyValue persistent(PyValue id, PickleLocation site) {
    if (!(id instanceof PyItems items) || items.items().isEmpty()) {
      throw site.damaged("persistent id " + id, "ids of storages are tuples");
    }
    PickleArguments parts = new PickleArguments(items.items(), site);
    String kind = parts.at(0).toString();
    if (kind.equals("module")) {
      return parts.at(1);
    }
    if (!kind.equals("storage")) {
      throw site.damaged("a persistent id of kind " + kind, "storages and modules are known");
    }
    return storage(parts);
  }

  private PyValue storage(PickleArguments parts) {
    PickleLocation site = parts.site();
    Optional<DType> type = ElementTypes.ofClass(parts.at(1), site);
    String key = parts.at(2).toString();
    int width = type.map(DType::bytes).orElse(1);
    long count = parts.integer(4);
    if (count < 0 || count > Long.MAX_VALUE / width) {
      throw site.damaged("a storage of " + count + " elements", "its size is out of range");
    }
    TorchStorage root = known.get(key);
    if (root == null) {
      root = source.find(key, type, count * width, site);
      known.put(key, root);
    } else if (root.size() != count * width || !root.type().equals(type)) {
      throw site.damaged("two sizes or types for storage " + key, "a storage has one of each");
    }
    PyValue view = parts.find(5).orElse(new PyValue.None());
    return view instanceof PyItems
        ? view(root, width, new PickleArguments(parts.items(5), site))
        : root;
  }

  /** (view key, offset, elements). */
  private static TorchStorage view(TorchStorage root, int width, PickleArguments view) {
    long offset = view.integer(1);
    long count = view.integer(2);
    long held = root.size() / width;
    if (offset < 0 || count < 0 || offset > held || count > held - offset) {
      throw view.site().damaged("a storage view out of bounds", "it lies inside of its storage");
    }
    return root.part(offset * width, count * width);
  }

  /** A supplier's bytes, fetched once. */
  static java.util.function.Supplier<FileRegion> once(
      java.util.function.Supplier<FileRegion> source) {
    List<FileRegion> kept = new java.util.ArrayList<>(1);
    return () -> {
      synchronized (kept) {
        if (kept.isEmpty()) {
          kept.add(source.get());
        }
        return kept.get(0);
      }
    };
  }
}
