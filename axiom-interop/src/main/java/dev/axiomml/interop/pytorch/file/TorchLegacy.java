package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PickleEnvironment;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PickleReader;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stream that torch 0.1.10 to 1.5 wrote: five pickles (magic number, protocol, system, value,
 * keys), then the storages in the order of the keys.
 */
public final class TorchLegacy {
  private static final long LONGEST_PICKLES = 1L << 30;
  private static final PyValue PROTOCOL = new PyValue.Int(1001);

  private final FileRegion file;
  private final FilePlace place;
  private final Map<String, FileRegion> storages = new HashMap<>();

  private TorchLegacy(FileRegion file, FilePlace place) {
    this.file = file;
    this.place = place;
  }

  /**
   * The root value of a stream.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is damaged, cut or hostile
   */
  public static PyValue read(FileRegion file, FilePlace place) {
    return new TorchLegacy(file, place).root();
  }

  private PyValue root() {
    ByteBuffer bytes = file.bytes(0, (int) Math.min(file.size(), LONGEST_PICKLES));
    PickleReader plain = new PickleReader(PickleEnvironment.empty());
    plain.load(bytes, place.in("magic number"));
    if (!plain.load(bytes, place.in("protocol")).equals(PROTOCOL)) {
      throw damaged("an unknown stream protocol", "protocol 1001 is the only one");
    }
    boolean bigEndian = isBigEndian(plain.load(bytes, place.in("system")));
    StorageIds environment =
        new StorageIds(
            (key, type, size, site) -> promised(key, type, size, bigEndian),
            new CopyBudget(file.size()));
    PyValue root = new PickleReader(environment).load(bytes, place.in("value"));
    PyValue keys = plain.load(bytes, place.in("storage keys"));
    locate(keys, bytes.position(), environment.known());
    return root;
  }

  private static boolean isBigEndian(PyValue system) {
    return system instanceof PyDict dict
        && dict.get("little_endian").filter(new PyValue.Bool(false)::equals).isPresent();
  }

  private TorchStorage promised(String key, Optional<DType> type, long size, boolean bigEndian) {
    return new TorchStorage(type, size, () -> bytes(key), bigEndian);
  }

  private FileRegion bytes(String key) {
    return java.util.Objects.requireNonNull(storages.get(key));
  }

  /** Finds each storage behind the pickles: its number of elements, then its bytes. */
  private void locate(PyValue keys, long start, Map<String, TorchStorage> known) {
    if (!(keys instanceof PyItems list)) {
      throw damaged("storage keys are " + keys, "they are a list");
    }
    long at = start;
    for (PyValue key : list.items()) {
      TorchStorage storage = known.get(key.toString());
      if (storage == null) {
        throw damaged("a storage " + key + " that nothing refers to", "its size is not known");
      }
      long end = located(key.toString(), at, storage);
      at = end;
    }
    if (storages.size() < known.size()) {
      throw damaged("a storage is missing", "the value refers to more storages than are listed");
    }
  }

  private long located(String key, long at, TorchStorage storage) {
    if (!file.holds(at, 8) || !file.holds(at + 8, storage.size())) {
      throw damaged(
          "storage " + key + " is truncated",
          "the file ends before its %d bytes at byte %d".formatted(storage.size(), at));
    }
    long count = file.bytes(at, 8).getLong();
    count = storage.isBigEndian() ? Long.reverseBytes(count) : count;
    int width = storage.type().map(DType::bytes).orElse(1);
    if (count != storage.size() / width) {
      throw damaged(
          "storage " + key + " of " + count + " elements",
          "the value says it has " + storage.size() / width);
    }
    storages.put(key, file.part(at + 8, storage.size()));
    return at + 8 + storage.size();
  }

  private RuntimeException damaged(String what, String why) {
    return new PickleLocation(place, 0, "(stream)").damaged(what, why);
  }
}
