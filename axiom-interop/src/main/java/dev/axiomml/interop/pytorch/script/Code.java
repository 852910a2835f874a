package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.file.TorchArchive;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The source texts and constants of an archive. */
final class Code {
  private final TorchArchive archive;
  private final Map<String, Source> sources = new HashMap<>();
  private final List<Item> constants = new ArrayList<>();
  private final Attributes attributes = new Attributes();

  Code(TorchArchive archive) {
    this.archive = archive;
    if (archive.load("constants.pkl", "constants") instanceof PyItems items) {
      for (PyValue value : items.items()) {
        Item item = attributes.item(value, "constant" + constants.size());
        constants.add(Attributes.constant(item));
      }
    }
  }

  /** A method. @throws dev.axiomml.core.error.ModelImportException when there is none */
  Method method(Thing.Member self, String name) {
    PyValue.Global type = self.object().type();
    return sources
        .computeIfAbsent(record(self), this::read)
        .method(type.name(), name)
        .orElseThrow(
            () ->
                place(self)
                    .fault(
                        "class " + type.name() + " has no method " + name,
                        "the program calls it",
                        "trace the model again"));
  }

  private Source read(String record) {
    return Source.of(archive.zip().text(record), archive.zip().place().in(record));
  }

  private String record(Thing.Member self) {
    return archive.folder() + "code/" + self.object().type().module().replace('.', '/') + ".py";
  }

  Place place(Thing.Member self) {
    return archive.zip().place().in(record(self));
  }

  Thing attribute(PyValue value, Thing.Member owner, String name) {
    return attributes.of(value, owner, name);
  }

  /** {@code CONSTANTS.cN}. */
  Item constant(String name) {
    boolean known =
        name.matches("c\\d{1,6}") && Integer.parseInt(name.substring(1)) < constants.size();
    if (!known) {
      throw archive
          .zip()
          .place()
          .fault("constant " + name, "the file has " + constants.size(), "trace it again");
    }
    return constants.get(Integer.parseInt(name.substring(1)));
  }
}
