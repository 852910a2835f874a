package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.proto.StringStringEntryProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Weights in a file beside the model, mapped; a path that leaves the model's folder is refused. */
final class ExternalWeights {
  private ExternalWeights() {}

  static Tensor read(Path model, TensorProto proto, Shape shape, DType dtype) {
    Map<String, String> place = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      place.put(entry.getKey(), entry.getValue());
    }
    Path file = inside(model, place.getOrDefault("location", ""));
    long offset = number(model, place.getOrDefault("offset", "0"));
    long bytes = TensorMemory.packedBytes(dtype, shape.count());
    long length = number(model, place.getOrDefault("length", String.valueOf(bytes)));
    try (FileChannel channel = FileChannel.open(file)) {
      boolean fits =
          length == bytes
              && offset <= channel.size()
              && bytes <= channel.size() - offset
              && bytes <= Integer.MAX_VALUE
              && dtype.bytes() != 0;
      if (!fits) {
        String there = length + " bytes at " + offset + " of " + file.getFileName();
        throw OnnxFile.bad(
            model,
            "tensor " + proto.getName() + ": " + there + " (" + channel.size() + " bytes)",
            "dims, length and the file must agree: " + bytes + " bytes for " + dtype + " " + shape,
            "export the model again");
      }
      return TensorMemory.unpacked(
          shape, dtype, channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes));
    } catch (IOException e) {
      throw unreadable(model, file, e);
    }
  }

  private static ModelImportException unreadable(Path model, Path file, IOException e) {
    return OnnxFile.bad(
        model,
        "cannot read the weights in " + file + ": " + e,
        "external data lies beside the model",
        "copy " + file.getFileName() + " into the model's folder");
  }

  private static Path inside(Path model, String location) {
    try {
      Path folder = model.toAbsolutePath().resolveSibling("").toRealPath();
      Path file = folder.resolve(location).normalize();
      if (location.isEmpty() || !file.startsWith(folder) || !file.toRealPath().startsWith(folder)) {
        throw OnnxFile.bad(
            model,
            "external data at \"" + location + "\"",
            "it must lie in the model's folder, links included",
            "move it beside the model and export again");
      }
      return file;
    } catch (IOException | RuntimeException e) {
      if (e instanceof ModelImportException known) {
        throw known;
      }
      throw OnnxFile.bad(
          model,
          "external data at \"" + location + "\" cannot be found",
          "it must lie in the model's folder",
          "copy it beside the model");
    }
  }

  private static long number(Path model, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw OnnxFile.bad(
          model,
          "external data offset or length \"" + text + "\"",
          "both are whole numbers",
          "export the model again");
    }
    return Long.parseLong(text);
  }
}
