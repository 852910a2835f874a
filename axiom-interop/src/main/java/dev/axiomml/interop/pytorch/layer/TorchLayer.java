package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One layer: PyTorch's class name and what the layer holds under PyTorch's names, and which of it
 * was read.
 *
 * <p>Whatever the file gives must be read by the layer's row, or say nothing: {@link #requireRead}
 * is the one place that refuses a layer of which a setting was left.
 */
public final class TorchLayer {
  private final String path;
  private final String type;
  private final Map<String, AtenItem> fields;
  private final Set<String> read = new HashSet<>();

  /**
   * A layer of which nothing was read.
   *
   * @param path where it stands, e.g. {@code features.0}; its weights are named below
   * @param type PyTorch's class, e.g. {@code Conv2d}
   * @param fields settings, weights and statistics; {@link AtenItem#NOTHING} for {@code None}
   */
  public TorchLayer(String path, String type, Map<String, AtenItem> fields) {
    this.path = path;
    this.type = type;
    this.fields = new LinkedHashMap<>(fields);
  }

  String path() {
    return path;
  }

  String type() {
    return type;
  }

  /** A field that must be there, perhaps {@code None}. @throws ModelImportException when absent */
  AtenItem field(String name) {
    if (!fields.containsKey(name)) {
      throw wrong("field " + name + " is missing");
    }
    return field(name, AtenItem.NOTHING);
  }

  /** A field, or what it is where older writers left it out. */
  AtenItem field(String name, AtenItem absent) {
    read.add(name);
    return fields.getOrDefault(name, absent);
  }

  /** Refuses a layer of which a setting was left unread that says something. */
  void requireRead() {
    fields.forEach(
        (name, item) -> {
          if (!read.contains(name) && !LayerSettings.saysNothing(type, name, item)) {
            throw unread(name, item);
          }
        });
  }

  private ModelImportException unread(String name, AtenItem item) {
    return new ModelImportException(
        new Diagnosis(
            "setting " + name + " of " + type + " is not read: " + item,
            "layer " + path + " (" + type + ")",
            "a setting without a meaning here would be lost in silence",
            "save the graph instead: torch.export.save, torch.jit.trace or torch.onnx.export"));
  }

  /** A weight that must be there. */
  Parameter weight(String name) {
    if (field(name) instanceof AtenItem.Weight weight) {
      return weight.parameter();
    }
    throw wrong("field " + name + " must be a tensor, got " + field(name));
  }

  int whole(String name) {
    if (field(name) instanceof AtenItem.Size size && size.dim().isFixed()) {
      return Math.toIntExact(size.dim().value());
    }
    throw wrong("field " + name + " must be a whole number, got " + field(name));
  }

  /** Numbers of a list; a single one stands for all axes. */
  List<Integer> wholes(String name, int axes) {
    AtenItem item = field(name);
    List<AtenItem> items = item instanceof AtenItem.Many many ? many.items() : List.of(item);
    List<Integer> numbers =
        items.stream()
            .filter(i -> i instanceof AtenItem.Size)
            .map(i -> Math.toIntExact(((AtenItem.Size) i).dim().value()))
            .toList();
    if (numbers.size() == 1) {
      return java.util.Collections.nCopies(axes, numbers.get(0));
    }
    if (numbers.size() != axes || items.size() != axes) {
      throw wrong("field " + name + " must be " + axes + " whole numbers, got " + item);
    }
    return numbers;
  }

  String text(String name, String absent) {
    return field(name, new AtenItem.Text(absent)) instanceof AtenItem.Text text
        ? text.value()
        : absent;
  }

  boolean flag(String name) {
    return field(name) instanceof AtenItem.Flag flag && flag.value();
  }

  ModelImportException wrong(String what) {
    return new ModelImportException(
        new Diagnosis(
            what,
            "layer " + path + " (" + type + ")",
            "the layer cannot be built without it",
            "write the file again with the exporter of this project or with PyTorch"));
  }
}
