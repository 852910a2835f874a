package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.TarArchive;
import dev.axiomml.interop.pytorch.pickle.PickleEnvironment;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PickleReader;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tar container of torch up to 0.1.9: storages and tensors are numbered in members of their
 * own, and the pickle refers to tensors by number.
 */
public final class TorchTar {
  private final TarArchive tar;
  private final FilePlace place;
  private final CopyBudget budget;
  private final PickleCallees callees;
  private final Map<String, TorchStorage> storages = new HashMap<>();
  private final Map<String, TensorView> tensors = new HashMap<>();

  private TorchTar(TarArchive tar, FilePlace place, CopyBudget budget) {
    this.tar = tar;
    this.place = place;
    this.budget = budget;
    this.callees = new PickleCallees(budget);
  }

  /**
   * The root value of a container.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is damaged, cut or hostile
   */
  public static PyValue read(FileRegion file, FilePlace place) {
    TorchTar reader =
        new TorchTar(TarArchive.open(file, place), place, new CopyBudget(file.size()));
    reader.storages();
    reader.tensors();
    return new PickleReader(reader.environment())
        .load(reader.tar.member("pickle").bytes(), place.in("pickle"));
  }

  private PickleEnvironment environment() {
    return new PickleEnvironment() {
      @Override
      public Optional<Callee> callee(PyValue.Global name) {
        return callees.find(name);
      }

      @Override
      public PyValue persistent(PyValue id, PickleLocation site) {
        boolean container = id instanceof PyItems items && !items.items().isEmpty();
        if (container) {
          return ((PyItems) id).items().get(0);
        }
        return Optional.ofNullable(tensors.get(id.toString()))
            .orElseThrow(
                () -> site.damaged("tensor " + id + " is missing", "member tensors lists all"));
      }
    };
  }

  /**
   * A count; for each a pickle (key, device, class), elements and bytes; then a pickle of views.
   */
  private void storages() {
    FileRegion member = tar.member("storages");
    ByteBuffer bytes = member.bytes();
    PickleLocation site = site("storages");
    boolean bigEndian = isBigEndian();
    long count = integer(bytes, site);
    for (long i = 0; i < count; i++) {
      PickleArguments parts = tuple(bytes, site);
      Optional<DType> type = ElementTypes.ofClass(parts.at(2), site);
      int width = type.map(DType::bytes).orElse(1);
      long elements = number(bytes, bigEndian, site);
      if (elements < 0 || elements > bytes.remaining() / width) {
        throw site.damaged(
            "a storage of " + elements + " elements", "the member is truncated: fewer are left");
      }
      int length = (int) elements * width;
      FileRegion content = member.part(bytes.position(), length);
      bytes.position(bytes.position() + length);
      storages.put(
          parts.at(0).toString(), new TorchStorage(type, length, () -> content, bigEndian));
    }
    views(load(bytes, site), site);
  }

  /** (key, root's key, offset, elements) of each view. */
  private void views(PyValue views, PickleLocation site) {
    for (PyValue view : new PickleArguments(List.of(views), site).items(0)) {
      PickleArguments parts =
          new PickleArguments(new PickleArguments(List.of(view), site).items(0), site);
      TorchStorage root = found(parts.at(1), site);
      int width = root.type().map(DType::bytes).orElse(1);
      long held = root.size() / width;
      long offset = parts.integer(2);
      long elements = parts.integer(3);
      if (offset < 0 || elements < 0 || offset > held || elements > held - offset) {
        throw site.damaged("a storage view out of bounds", "it lies inside of its storage");
      }
      storages.put(parts.at(0).toString(), root.part(offset * width, elements * width));
    }
  }

  /** A count; for each a pickle (key, storage's key, class), rank, sizes, strides, offset. */
  private void tensors() {
    ByteBuffer bytes = tar.member("tensors").bytes();
    PickleLocation site = site("tensors");
    boolean bigEndian = isBigEndian();
    long count = integer(bytes, site);
    for (long i = 0; i < count; i++) {
      PickleArguments parts = tuple(bytes, site);
      DType dtype =
          ElementTypes.ofClass(parts.at(2), site)
              .orElseThrow(() -> site.damaged("a tensor without type", "its class tells it"));
      long rank = number(bytes, bigEndian, site) & 0xffffffffL;
      if (rank > 64) {
        throw site.damaged("a tensor of " + rank + " axes", "64 is the limit");
      }
      long[] sizes = numbers(bytes, (int) rank, bigEndian, site);
      long[] strides = numbers(bytes, (int) rank, bigEndian, site);
      long offset = number(bytes, bigEndian, site);
      TensorView.Layout layout = new TensorView.Layout(offset, sizes, strides);
      TensorView view = TensorView.of(found(parts.at(1), site), dtype, layout, site);
      tensors.put(parts.at(0).toString(), budget.charged(view, site));
    }
  }

  private TorchStorage found(PyValue key, PickleLocation site) {
    return Optional.ofNullable(storages.get(key.toString()))
        .orElseThrow(
            () -> site.damaged("storage " + key + " is missing", "member storages lists all"));
  }

  private boolean isBigEndian() {
    PyValue system = load(tar.member("sys_info").bytes(), site("sys_info"));
    return system instanceof PyDict dict
        && dict.get("little_endian").filter(new PyValue.Bool(false)::equals).isPresent();
  }

  private PickleLocation site(String member) {
    return new PickleLocation(place.in(member), 0, "(member)");
  }

  private PyValue load(ByteBuffer bytes, PickleLocation site) {
    return new PickleReader(environment()).load(bytes, site.place());
  }

  private long integer(ByteBuffer bytes, PickleLocation site) {
    return new PickleArguments(List.of(load(bytes, site)), site).integer(0);
  }

  private PickleArguments tuple(ByteBuffer bytes, PickleLocation site) {
    return new PickleArguments(
        new PickleArguments(List.of(load(bytes, site)), site).items(0), site);
  }

  private static long[] numbers(
      ByteBuffer bytes, int count, boolean bigEndian, PickleLocation site) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(bytes, bigEndian, site);
    }
    return numbers;
  }

  private static long number(ByteBuffer bytes, boolean bigEndian, PickleLocation site) {
    if (bytes.remaining() < 8) {
      throw site.damaged("a number is missing", "the member is truncated");
    }
    long number = bytes.getLong();
    return bigEndian ? Long.reverseBytes(number) : number;
  }
}
