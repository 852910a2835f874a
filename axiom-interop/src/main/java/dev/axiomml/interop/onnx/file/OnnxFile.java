package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.GzipStream;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.onnx.proto.FunctionProto;
import dev.axiomml.interop.onnx.proto.ModelProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.proto.OperatorSetIdProto;
import dev.axiomml.interop.onnx.proto.WireFormatException;
import dev.axiomml.interop.weights.LazyTensor;
import dev.axiomml.interop.weights.StateDict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file, parsed but not understood.
 *
 * @param path where it came from; external weights are looked for beside it
 * @param model its content; large raw bytes of tensors stay in the mapped file
 * @param opsets the version of each domain's operators; the standard domain is the empty name
 * @param functions the file's own functions by domain, name and overload
 * @param tensors its tensors, each read once
 */
public record OnnxFile(
    Path path,
    ModelProto model,
    Map<String, Integer> opsets,
    Map<String, FunctionProto> functions,
    SharedTensors tensors) {
  private static final int LARGEST_UNPACKED = 1 << 30;

  /** The function a node calls, where the file brings it. */
  public Optional<FunctionProto> function(NodeProto node) {
    String key = key(node.getDomain(), node.getOpType(), node.getOverload());
    return Optional.ofNullable(functions.get(key));
  }

  private static String key(String domain, String name, String overload) {
    return domain(domain) + ":" + name + ":" + overload;
  }

  /** A node's domain; the standard one is empty. */
  public static String domain(NodeProto node) {
    return domain(node.getDomain());
  }

  private static String domain(String name) {
    return name.equals("ai.onnx") ? "" : name;
  }

  /** Reads a model. @throws ModelImportException when it is damaged or another kind of file */
  public static OnnxFile read(ModelReader.Source source) {
    ModelFile file = ModelFile.of(source);
    if (file.kind() != FileKind.ONNX && file.kind() != FileKind.UNKNOWN) {
      throw file.refused("no ONNX model in " + file.path().getFileName());
    }
    try {
      return parse(file, message(file));
    } catch (WireFormatException e) {
      throw bad(
          file.path(),
          "no readable ONNX file: " + e.getMessage(),
          e.why(),
          "download or export it again");
    } catch (IOException e) {
      throw bad(file.path(), "cannot unpack the file: " + e, "gzip packed it", "copy it again");
    }
  }

  private static ByteBuffer message(ModelFile file) throws IOException {
    if (file.bytes().size() > Integer.MAX_VALUE) {
      throw bad(
          file.path(),
          "a file of " + file.bytes().size() + " bytes",
          "a protobuf message has 1 byte to 2 GiB",
          "export with external data when the weights are larger");
    }
    ByteBuffer bytes = file.bytes().bytes();
    boolean packed = bytes.limit() > 1 && GzipStream.isPacked(bytes.get(0), bytes.get(1));
    return packed ? unpacked(file) : bytes;
  }

  private static ByteBuffer unpacked(ModelFile file) throws IOException {
    try (InputStream stream = GzipStream.unpacked(packed(file.bytes()))) {
      byte[] bytes = stream.readNBytes(LARGEST_UNPACKED);
      if (bytes.length == LARGEST_UNPACKED) {
        throw bad(
            file.path(),
            "a packed file that holds 1 GiB",
            "a file that is packed by gzip is unpacked in memory, at most 1 GiB of it",
            "unpack it first: gunzip");
      }
      return ByteBuffer.wrap(bytes);
    }
  }

  private static InputStream packed(FileRegion bytes) {
    return new ByteArrayInputStream(bytes.head(Integer.MAX_VALUE));
  }

  private static OnnxFile parse(ModelFile file, ByteBuffer bytes) throws WireFormatException {
    Path path = file.path();
    ModelProto model = ModelProto.parseFrom(bytes);
    if (!model.hasGraph() || model.getOpsetImportList().isEmpty()) {
      throw bad(
          path,
          "a protobuf message without a graph or without opset_import",
          "an ONNX model has both",
          "export it again with torch.onnx.export or a similar tool");
    }
    List<OperatorSetIdProto> imports = model.getOpsetImportList();
    SharedTensors tensors = new SharedTensors(new OnnxTensors(path, file.bytes().isFile()));
    return new OnnxFile(path, model, versions(imports), functions(path, model), tensors);
  }

  private static Map<String, FunctionProto> functions(Path path, ModelProto model) {
    Map<String, FunctionProto> functions = new HashMap<>();
    for (FunctionProto function : model.getFunctionsList()) {
      String key = key(function.getDomain(), function.getName(), function.getOverload());
      if (functions.put(key, function) != null) {
        throw bad(
            path,
            "two functions " + function.getName(),
            "a function is known by its domain, name and overload",
            "check the file with onnx.checker");
      }
    }
    return functions;
  }

  /** The initializers by name; all are made now. */
  public StateDict initializers() {
    return StateDict.of(
        FilePlace.of(path),
        model.getGraph().getInitializerList().stream()
            .map(t -> new StateDict.Entry(List.of(t.getName()), LazyTensor.of(tensors.of(t))))
            .toList());
  }

  /** The versions by domain. */
  public static Map<String, Integer> versions(List<OperatorSetIdProto> imports) {
    Map<String, Integer> opsets = new HashMap<>();
    for (OperatorSetIdProto opset : imports) {
      opsets.put(domain(opset.getDomain()), (int) Math.min(Integer.MAX_VALUE, opset.getVersion()));
    }
    return opsets;
  }

  /** A refusal with the file in its place. */
  public ModelImportException placed(AxiomException cause) {
    Diagnosis d = cause.diagnosis();
    boolean named = d.where().startsWith(path.toString());
    return new ModelImportException(named ? d : d.at(path.toString()), cause);
  }

  public static ModelImportException bad(Path path, String what, String why, String fix) {
    return new ModelImportException(new Diagnosis(what, path.toString(), why, fix));
  }
}
