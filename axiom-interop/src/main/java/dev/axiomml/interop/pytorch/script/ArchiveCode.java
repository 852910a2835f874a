package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.file.TorchArchive;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source texts and constants of an archive, and the attributes of its modules. */
final class ArchiveCode {
  private final TorchArchive archive;
  private final Map<String, Optional<ScriptSource>> sources = new HashMap<>();
  private final List<AtenItem> constants = new ArrayList<>();
  private final ModuleAttributes attributes = new ModuleAttributes();

  ArchiveCode(TorchArchive archive) {
    this.archive = archive;
    boolean some = archive.zip().has(archive.folder() + "constants.pkl");
    if (some && archive.load("constants.pkl", "constants") instanceof PyItems items) {
      for (PyValue value : items.items()) {
        AtenItem item = attributes.item(value, "constant" + constants.size());
        constants.add(ModuleAttributes.constant(item));
      }
    }
  }

  /** The file of a module such as {@code __torch__.torch.nn.functional}. */
  Optional<ScriptSource> source(String module) {
    return sources.computeIfAbsent(
        archive.folder() + "code/" + module.replace('.', '/') + ".py", this::read);
  }

  private Optional<ScriptSource> read(String record) {
    return archive.zip().has(record)
        ? Optional.of(ScriptSource.of(archive.zip().text(record), place(record)))
        : Optional.empty();
  }

  private FilePlace place(String record) {
    return archive.zip().place().in(record);
  }

  ScriptSource source(ScriptValue.Member self) {
    return source(self.object().type().module()).orElseThrow(() -> missing(self, "source text"));
  }

  /** A method. @throws ModelImportException when there is none */
  ScriptMethod method(ScriptValue.Member self, String name) {
    return declared(self)
        .flatMap(type -> Optional.ofNullable(type.methods().get(name)))
        .orElseThrow(() -> missing(self, "method " + name));
  }

  private Optional<DeclaredClass> declared(ScriptValue.Member self) {
    return source(self.object().type().module())
        .flatMap(source -> source.type(self.object().type().name()));
  }

  private ModelImportException missing(ScriptValue.Member self, String what) {
    return archive
        .zip()
        .place()
        .fault(
            "class " + self.object().type() + " has no " + what,
            "the program calls it",
            "save the model again with torch.jit.save");
  }

  /** What a module holds under a name; models are read as they predict, not as they train. */
  Optional<ScriptValue> attribute(ScriptValue.Member owner, String name) {
    return name.equals("training")
        ? Optional.of(ScriptValue.of(false))
        : owner.object().attributes().get(name).map(value -> attributes.of(value, owner, name));
  }

  /** A constant that a class has in its source. */
  Optional<ScriptExpression> standard(ScriptValue.Member owner, String name) {
    return declared(owner).flatMap(type -> Optional.ofNullable(type.constants().get(name)));
  }

  /** {@code CONSTANTS.cN}. */
  AtenItem constant(String name) {
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
