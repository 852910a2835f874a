package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.weights.LazyTensor;
import dev.axiomml.interop.weights.StateDict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors that lie beside an exported program: weights, buffers, constants. */
final class ExportWeights {
  private final ZipArchive archive;
  private final String root;
  private final boolean bigEndian;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(String folder, LocatedJson config) {
    String record() {
      return folder + config.at("path_name").text();
    }

    boolean isConstant() {
      return folder.endsWith("constants/");
    }
  }

  private ExportWeights(ZipArchive archive, String root) {
    this.archive = archive;
    this.root = root;
    this.bigEndian =
        archive.has(root + "byteorder") && archive.text(root + "byteorder").strip().equals("big");
  }

  /** What the archive of a root folder and a model's name holds. */
  static ExportWeights of(ZipArchive archive, String root, String model) {
    ExportWeights weights = new ExportWeights(archive, root);
    String data = root + "data/";
    weights.list(data + "weights/", model + "_weights_config.json");
    weights.list(data + "weights/", model + "_model_param_config.json");
    weights.list(data + "constants/", model + "_constants_config.json");
    return weights;
  }

  private void list(String folder, String config) {
    if (archive.has(folder + config)) {
      LocatedJson json =
          LocatedJson.parse(archive.text(folder + config), archive.place().in(folder + config));
      LocatedJson listed = json.has("config") ? json.at("config") : json;
      listed.fields().forEach((name, entry) -> entries.put(name, new Entry(folder, entry)));
    }
  }

  /** A tensor by its name in the model; empty when the file does not hold it. */
  Optional<Tensor> find(String name) {
    Entry entry = entries.get(name);
    return entry == null ? Optional.empty() : Optional.of(read(entry));
  }

  /** All but constants, by name, in the file's order. */
  StateDict named(FilePlace place) {
    Map<String, Object> storages = new HashMap<>();
    List<StateDict.Entry> named = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (!entry.isConstant()) {
            Object storage = storages.computeIfAbsent(entry.record(), record -> new Object());
            Type type = RawTensors.type(meta(entry));
            LazyTensor tensor = new LazyTensor(type, storage, () -> read(entry));
            named.add(new StateDict.Entry(List.of(name), tensor));
          }
        });
    return StateDict.of(place, named);
  }

  private Tensor read(Entry entry) {
    return RawTensors.of(meta(entry), archive.record(entry.record()), bigEndian);
  }

  private LocatedJson meta(Entry entry) {
    LocatedJson config = entry.config;
    boolean pickled = config.has("use_pickle") && config.at("use_pickle").flag();
    if (pickled || !config.has("tensor_meta")) {
      throw config
          .place()
          .fault(
              "the tensor is stored as a Python object",
              "of " + root + " only plain tensors are read",
              "save the model again with torch.export.save of PyTorch 2.9 or newer");
    }
    return config.at("tensor_meta");
  }
}
