package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.file.ZipArchive;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tensors that lie beside an exported program: weights, buffers, constants. */
final class Weights {
  private final ZipArchive archive;
  private final String root;
  private final boolean bigEndian;
  private final Map<String, Entry> entries = new TreeMap<>();

  private record Entry(String folder, Json config) {}

  private Weights(ZipArchive archive, String root) {
    this.archive = archive;
    this.root = root;
    this.bigEndian =
        archive.has(root + "byteorder") && archive.text(root + "byteorder").strip().equals("big");
  }

  /** What the archive of a root folder and a model's name holds. */
  static Weights of(ZipArchive archive, String root, String model) {
    Weights weights = new Weights(archive, root);
    String data = root + "data/";
    weights.list(data + "weights/", model + "_weights_config.json");
    weights.list(data + "weights/", model + "_model_param_config.json");
    weights.list(data + "constants/", model + "_constants_config.json");
    return weights;
  }

  private void list(String folder, String config) {
    if (archive.has(folder + config)) {
      Json json = Json.parse(archive.text(folder + config), archive.place().in(folder + config));
      Json listed = json.has("config") ? json.at("config") : json;
      listed.fields().forEach((name, entry) -> entries.put(name, new Entry(folder, entry)));
    }
  }

  /** A tensor by its name in the model; empty when the file does not hold it. */
  Optional<Tensor> find(String name) {
    Entry entry = entries.get(name);
    return entry == null ? Optional.empty() : Optional.of(read(entry));
  }

  private Tensor read(Entry entry) {
    Json config = entry.config;
    boolean pickled = config.has("use_pickle") && config.at("use_pickle").flag();
    if (pickled || !config.has("tensor_meta")) {
      throw config
          .place()
          .fault(
              "the tensor is stored as a Python object",
              "of " + root + " only plain tensors are read",
              "save the model again with torch.export.save of PyTorch 2.9 or newer");
    }
    String path = entry.folder + config.at("path_name").text();
    return RawTensors.of(config.at("tensor_meta"), archive.record(path), bigEndian);
  }
}
