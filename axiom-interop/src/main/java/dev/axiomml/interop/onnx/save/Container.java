package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.Aside;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.StringStringEntryProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The file, and the file of weights beside it where they are many.
 *
 * @param pen what was written with
 * @param names what tensors are called
 * @param path the file
 */
record Container(Pen pen, Names names, Path path) {
  private static final int ALIGNMENT = 64;
  private static final int SMALL = 1024;

  /** Writes both, each aside first. */
  void write(ModelProto.Builder model, long inline) {
    long bytes = pen.weights().all().values().stream().mapToLong(Container::bytes).sum();
    GraphProto.Builder graph = model.getGraphBuilder();
    if (bytes > inline) {
      Aside.write(beside(), external(graph));
    } else {
      pen.weights().all().forEach((id, tensor) -> graph.addInitializer(inside(id, tensor)));
    }
    ModelProto whole = model.build();
    Aside.write(path, whole::writeTo);
  }

  private static long bytes(Tensor tensor) {
    return ((long) tensor.size() * tensor.dtype().bits() + 7) / 8;
  }

  private Path beside() {
    return path.resolveSibling(path.getFileName() + ".data");
  }

  private TensorProto inside(String id, Tensor tensor) {
    return pen.inline(tensor).toBuilder().setName(names.of(id)).build();
  }

  /** Names the places of large tensors and answers their bytes. */
  private List<Supplier<ByteBuffer>> external(GraphProto.Builder graph) {
    List<Supplier<ByteBuffer>> parts = new ArrayList<>();
    long[] offset = {0};
    for (Map.Entry<String, Tensor> entry : pen.weights().all().entrySet()) {
      Tensor tensor = entry.getValue();
      if (bytes(tensor) < SMALL || tensor.dtype() == DType.STRING) {
        graph.addInitializer(inside(entry.getKey(), tensor));
        continue;
      }
      int gap = (int) Math.floorMod(-offset[0], (long) ALIGNMENT);
      parts.add(() -> ByteBuffer.allocate(gap));
      parts.add(() -> Pen.bytes(tensor));
      graph.addInitializer(outside(entry.getKey(), tensor, offset[0] + gap));
      offset[0] += gap + bytes(tensor);
    }
    return parts;
  }

  private TensorProto outside(String id, Tensor tensor, long offset) {
    return pen.head(tensor)
        .setName(names.of(id))
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", String.valueOf(beside().getFileName())))
        .addExternalData(entry("offset", String.valueOf(offset)))
        .addExternalData(entry("length", String.valueOf(bytes(tensor))))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
