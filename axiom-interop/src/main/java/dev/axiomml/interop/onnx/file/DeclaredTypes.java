package dev.axiomml.interop.onnx.file;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.TensorShapeProto.Dimension;
import dev.axiomml.interop.onnx.proto.TypeProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types a graph of a file declares, with its free sizes as symbols. */
public final class DeclaredTypes {
  private static final Dim BATCH = Dim.symbol("N");

  private final Map<String, TypeProto> types = new HashMap<>();
  private final Map<String, Dim> symbols = new HashMap<>();
  private final String first;

  public DeclaredTypes(GraphProto graph) {
    graph.getValueInfoList().forEach(this::add);
    graph.getOutputList().forEach(this::add);
    graph.getInputList().forEach(this::add);
    List<String> weights = graph.getInitializerList().stream().map(t -> t.getName()).toList();
    this.first =
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> !weights.contains(name))
            .findFirst()
            .orElse("");
    batch();
  }

  private void add(ValueInfoProto value) {
    if (value.hasType()) {
      types.put(value.getName(), value.getType());
    }
  }

  /** The free first axis of the first input is the batch. */
  private void batch() {
    TypeProto type = types.getOrDefault(first, TypeProto.getDefaultInstance());
    if (type.getTensorType().getShape().getDimCount() > 0) {
      Dimension dim = type.getTensorType().getShape().getDim(0);
      if (!dim.hasDimValue() && isName(dim.getDimParam())) {
        symbols.put(dim.getDimParam(), BATCH);
      }
    }
  }

  /**
   * Holds a value to what the file declares of its name, as far as both are known: element type,
   * number of axes, fixed sizes.
   *
   * @param place the node that makes it
   */
  public void check(String place, String name, Type made) {
    Optional<Type> stated = of(name);
    if (stated.isEmpty() || !stated.get().isTensor() || !made.isTensor()) {
      return;
    }
    Type type = stated.get();
    if (type.dtype() != made.dtype() || !type.shape().matches(made.shape())) {
      throw new ModelImportException(
          new Diagnosis(
              "value " + name + " is declared " + type + " and would be " + made,
              place,
              "the declared type and what the nodes make must agree",
              "run shape inference on the file again, and check it with onnx.checker"));
    }
  }

  /** What is declared of a name; empty where nothing is, or nothing that has a type here. */
  public Optional<Type> of(String name) {
    return Optional.ofNullable(types.get(name)).flatMap(type -> type(name, type));
  }

  private Optional<Type> type(String name, TypeProto proto) {
    if (proto.hasSequenceType()) {
      return element(name, proto.getSequenceType().getElemType()).map(Type.OfSequence::new);
    }
    if (proto.hasOptionalType()) {
      return element(name, proto.getOptionalType().getElemType()).map(Type.OfOptional::new);
    }
    if (!proto.hasTensorType() || !proto.getTensorType().hasShape()) {
      return Optional.empty();
    }
    List<Dim> dims = new ArrayList<>();
    for (Dimension dim : proto.getTensorType().getShape().getDimList()) {
      Dim size = dim(name, dims.size(), dim);
      boolean again = size.equals(BATCH) && dims.contains(BATCH);
      dims.add(again ? Dim.symbol(symbol(dim.getDimParam()) + "_" + dims.size()) : size);
    }
    return OnnxElementTypes.of(proto.getTensorType().getElemType())
        .map(dtype -> Type.of(new Shape(dims), dtype));
  }

  /** Elements of sequences and optionals may leave their axes open. */
  private Optional<Type> element(String name, TypeProto proto) {
    boolean open = proto.hasTensorType() && !proto.getTensorType().hasShape();
    return open
        ? OnnxElementTypes.of(proto.getTensorType().getElemType()).map(Type.OfElements::new)
        : type(name, proto);
  }

  /** Whether a text names a size, so that sizes of that name are equal: "?" and "-1" do not. */
  private static boolean isName(String text) {
    return text.chars().anyMatch(Character::isLetter);
  }

  /**
   * A size. The batch is along one axis of a value: files that give its name to a second one mean
   * another size.
   */
  private Dim dim(String name, int axis, Dimension dim) {
    if (dim.getDimValue() > Integer.MAX_VALUE) {
      throw new ModelImportException(
          new Diagnosis(
              "size " + dim.getDimValue() + " of " + name,
              "",
              "a tensor holds less than 2³¹ elements",
              "export the model again"));
    }
    if (dim.hasDimValue() && dim.getDimValue() >= 0) {
      return Dim.of(dim.getDimValue());
    }
    if (isName(dim.getDimParam())) {
      return symbols.computeIfAbsent(dim.getDimParam(), text -> Dim.symbol(symbol(text)));
    }
    boolean batch = axis == 0 && name.equals(first);
    return batch ? BATCH : Dim.symbol(symbol(name) + "_" + axis);
  }

  /** A text as a symbol's name. */
  public static String symbol(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_.]", "_");
    return plain.matches("[A-Za-z_].*") && !plain.equals("N") ? plain : "s_" + plain;
  }
}
