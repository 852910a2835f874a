package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSignature;
import dev.axiomml.interop.onnx.node.OnnxSignature.Formal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Types of results of which only the elements' type is known before a run. */
final class OpenTypes {
  /** What {@code ConstantOfShape} fills with where nothing is stated. */
  private static final DType FILLED = DType.FLOAT32;

  private OpenTypes() {}

  /** One for each result that has a name; empty where the type of an element is not known. */
  static Optional<List<Type>> of(OnnxNodeContext site, int results) {
    Optional<List<Type>> tried = FreeOperands.types(site);
    if (tried.isPresent()) {
      return Optional.of(tried.get().stream().map(OpenTypes::opened).toList());
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < site.results(); i++) {
      if (site.wants(i)) {
        stated(site, i).map(Type.OfElements::new).ifPresent(types::add);
      }
    }
    return types.size() == results ? Optional.of(types) : Optional.empty();
  }

  private static Type opened(Type type) {
    return type.isTensor() ? new Type.OfElements(type.dtype()) : type;
  }

  /** The element type that the operator's signature gives a result. */
  private static Optional<DType> stated(OnnxNodeContext site, int result) {
    Optional<OnnxSignature> signature =
        OnnxSignature.of(OnnxFile.domain(site.node()), site.op(), site.version());
    return signature.flatMap(
        own -> OnnxSignature.at(own.out(), result).flatMap(out -> dtype(site, own, out)));
  }

  private static Optional<DType> dtype(OnnxNodeContext site, OnnxSignature own, Formal out) {
    for (int i = 0; i < site.operands(); i++) {
      Optional<Formal> in = OnnxSignature.at(own.in(), i);
      if (site.has(i) && in.isPresent() && in.get().type().equals(out.type())) {
        return Optional.of(site.operand(i).type()).filter(OpenTypes::isPlain).map(Type::dtype);
      }
    }
    Set<String> names = own.types().getOrDefault(out.type(), Set.of(out.type()));
    return names.size() == 1
        ? OnnxElementTypes.named(names.iterator().next().toUpperCase(Locale.ROOT))
        : set(site, own);
  }

  /** The element type that a setting states: by number, or that of a tensor. */
  private static Optional<DType> set(OnnxNodeContext site, OnnxSignature own) {
    NodeAttributes settings = site.attributes();
    for (String name : List.of("to", "dtype")) {
      if (settings.has(name)) {
        return OnnxElementTypes.of(settings.integer(name, 0));
      }
    }
    Optional<DType> filled =
        settings.tensor("value").flatMap(proto -> OnnxElementTypes.of(proto.getDataType()));
    return own.settings().containsKey("value") ? filled.or(() -> Optional.of(FILLED)) : filled;
  }

  private static boolean isPlain(Type type) {
    return type.isTensor() || type instanceof Type.OfElements;
  }
}
