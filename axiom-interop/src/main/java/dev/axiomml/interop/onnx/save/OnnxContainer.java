package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.AtomicFile;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.ModelProto;
import dev.axiomml.interop.onnx.proto.OperatorSetIdProto;
import dev.axiomml.interop.onnx.proto.StringStringEntryProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import dev.axiomml.interop.onnx.save.node.OnnxNames;
import dev.axiomml.interop.onnx.save.node.OnnxPen;
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
record OnnxContainer(OnnxPen pen, OnnxNames names, Path path) {
  private static final int ALIGNMENT = 64;
  private static final int SMALL = 1024;

  /** Writes both, each aside first. */
  void write(GraphProto graph, long inline) {
    long bytes = pen.weights().all().values().stream().mapToLong(OnnxContainer::bytes).sum();
    List<TensorProto> weights = new ArrayList<>();
    if (bytes > inline) {
      AtomicFile.write(beside(), external(weights));
    } else {
      pen.weights().all().forEach((id, tensor) -> weights.add(inside(id, tensor)));
    }
    AtomicFile.write(path, file(graph.withInitializers(weights))::writeTo);
  }

  private ModelProto file(GraphProto graph) {
    int opset = pen.sheet().opset();
    List<OperatorSetIdProto> imports = new ArrayList<>();
    imports.add(OperatorSetIdProto.of("", opset));
    pen.sheet()
        .domains()
        .forEach((domain, version) -> imports.add(OperatorSetIdProto.of(domain, version)));
    return ModelProto.of(OpsetVersions.format(opset), "axiom", graph).withOpsetImports(imports);
  }

  private static long bytes(Tensor tensor) {
    return ((long) tensor.size() * tensor.dtype().bits() + 7) / 8;
  }

  private Path beside() {
    return path.resolveSibling(path.getFileName() + ".data");
  }

  private TensorProto inside(String id, Tensor tensor) {
    return OnnxPen.inline(tensor).withName(names.of(id));
  }

  /** Names the places of large tensors and answers their bytes. */
  private List<Supplier<ByteBuffer>> external(List<TensorProto> weights) {
    List<Supplier<ByteBuffer>> parts = new ArrayList<>();
    long[] offset = {0};
    for (Map.Entry<String, Tensor> entry : pen.weights().all().entrySet()) {
      Tensor tensor = entry.getValue();
      if (bytes(tensor) < SMALL || tensor.dtype() == DType.STRING) {
        weights.add(inside(entry.getKey(), tensor));
        continue;
      }
      int gap = (int) Math.floorMod(-offset[0], (long) ALIGNMENT);
      parts.add(() -> ByteBuffer.allocate(gap));
      parts.add(() -> OnnxPen.bytes(tensor));
      weights.add(outside(entry.getKey(), tensor, offset[0] + gap));
      offset[0] += gap + bytes(tensor);
    }
    return parts;
  }

  private TensorProto outside(String id, Tensor tensor, long offset) {
    return OnnxPen.head(tensor)
        .withName(names.of(id))
        .withExternalData(
            List.of(
                StringStringEntryProto.of("location", String.valueOf(beside().getFileName())),
                StringStringEntryProto.of("offset", String.valueOf(offset)),
                StringStringEntryProto.of("length", String.valueOf(bytes(tensor)))));
  }
}
