package dev.axiomml.interop.safetensors.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.weights.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hugging Face's {@code *.index.json}: which shard holds which tensor.
 *
 * @param file the index
 * @param shards file name by tensor name, in the index's order; all in the index's own folder
 */
public record ShardIndex(ModelFile file, Map<String, String> shards) {
  private static final long LONGEST = 64L << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /**
   * Reads an index.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is damaged or names files elsewhere
   */
  public static ShardIndex read(ModelFile file) {
    if (file.bytes().size() > Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 16)) {
      throw file.place()
          .fault(
              "an index of " + file.bytes().size() + " bytes",
              "the limit is 64 MB",
              "name the model's file");
    }
    Map<String, String> shards = new LinkedHashMap<>();
    parsed(file)
        .path("weight_map")
        .properties()
        .forEach(e -> shards.put(e.getKey(), plain(e.getValue(), file.place())));
    return new ShardIndex(file, shards);
  }

  private static JsonNode parsed(ModelFile file) {
    try {
      return JSON.readTree(file.bytes().head((int) LONGEST));
    } catch (IOException e) {
      throw file.place()
          .fault(
              new Diagnosis(
                  "the index is no JSON",
                  "",
                  FilePlace.shown(String.valueOf(e.getMessage())),
                  "copy or download the file again"),
              e);
    }
  }

  /** A file name without folders: an index never points out of its own folder. */
  private static String plain(JsonNode name, FilePlace place) {
    String text = name.asText();
    boolean harmless = name.isTextual() && text.matches("[^/\\\\:\\p{Cntrl}]+");
    if (!harmless || text.startsWith(".")) {
      throw place.fault(
          "a shard named '" + text + "'",
          "shards lie in the folder of their index",
          "put all shards into one folder");
    }
    return text;
  }

  /**
   * The tensors of all shards, each shard read by the given reader.
   *
   * @throws dev.axiomml.core.error.ModelImportException when a shard or a tensor in it is missing
   */
  public StateDict read(Function<Path, StateDict> reader) {
    Map<String, StateDict> read = new LinkedHashMap<>();
    List<StateDict.Entry> entries = new ArrayList<>();
    shards.forEach(
        (name, shard) -> {
          StateDict dict = read.computeIfAbsent(shard, s -> reader.apply(file.beside(s)));
          entries.add(entry(dict, name, shard));
        });
    return StateDict.of(file.place(), entries);
  }

  private StateDict.Entry entry(StateDict dict, String name, String shard) {
    Optional<StateDict.Entry> found = dict.entry(name);
    return found.orElseThrow(
        () ->
            file.place()
                .fault(
                    "tensor " + name + " is missing in " + shard,
                    "the index says that it is there",
                    "download index and shards of the same version"));
  }
}
