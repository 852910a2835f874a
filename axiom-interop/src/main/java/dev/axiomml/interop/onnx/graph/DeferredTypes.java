package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.DeclaredTypes;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.proto.GraphProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Types of results whose sizes are known only while the graph runs: the number of axes is known.
 */
final class DeferredTypes {
  private DeferredTypes() {}

  static Optional<List<Type>> types(OnnxNodeContext site) {
    String op = site.op();
    if (op.startsWith("Reduce")) {
      return axes(site)
          .map(n -> site.attributes().flag("keepdims", true) ? 0 : -n)
          .map(more -> ranked(site, more));
    }
    return switch (op) {
      case "Pad", "Tile", "Resize", "Upsample", "Trilu", "CumSum", "CumProd" ->
          Optional.of(ranked(site, 0));
      case "Squeeze" -> axes(site).map(n -> ranked(site, -n));
      case "Unsqueeze" -> axes(site).map(n -> ranked(site, n));
      case "MaxPool", "AveragePool", "LpPool", "Conv" -> windows(site);
      case "If" -> branches(site);
      case "Loop" -> loop(site);
      case "SequenceMap" -> mapped(site);
      default -> bundled(site).map(List::of);
    };
  }

  /** With auto_pad, as many windows as strides begin in the input. */
  private static Optional<List<Type>> windows(OnnxNodeContext site) {
    if (!site.attributes().text("auto_pad", "").startsWith("SAME")) {
      return Optional.empty();
    }
    List<Integer> strides = site.attributes().integers("strides").orElse(List.of());
    List<Dim> dims = new ArrayList<>(site.shape(0).dims());
    for (int i = 0; i < strides.size(); i++) {
      int stride = strides.get(i);
      dims.set(i + 2, dims.get(i + 2).plus(stride - 1L).floorDiv(stride));
    }
    if (site.op().equals("Conv")) {
      dims.set(1, site.shape(1).dim(0));
    }
    Type y = Type.of(new Shape(dims), site.dtype(0));
    Type places = Type.of(new Shape(dims), DType.INT64);
    return Optional.of(site.results() > 1 ? List.of(y, places) : List.of(y));
  }

  /** How many axes the second operand lists. */
  private static Optional<Integer> axes(OnnxNodeContext site) {
    boolean known = site.has(1) && site.rank(1) == 1 && site.shape(1).isFixed();
    return known ? Optional.of(site.shape(1).size(0)) : Optional.empty();
  }

  private static List<Type> ranked(OnnxNodeContext site, int more) {
    return List.of(Type.of(fresh(site.symbol(), site.rank(0) + more), site.dtype(0)));
  }

  private static Shape fresh(String name, int rank) {
    return new Shape(IntStream.range(0, rank).mapToObj(i -> Dim.symbol(name + "_" + i)).toList());
  }

  /** What is carried keeps its number of axes; what is collected gains one. */
  private static Optional<List<Type>> loop(OnnxNodeContext site) {
    Optional<GraphProto> body = site.attributes().graph("body");
    if (body.isEmpty()) {
      return Optional.empty();
    }
    List<Type> types = new ArrayList<>();
    for (int i = 2; i < site.operands(); i++) {
      Value carried = site.in(i);
      types.add(carried.type());
    }
    List<Type> in = new ArrayList<>();
    in.add(Type.of(Shape.SCALAR, DType.INT64));
    in.add(Type.of(Shape.SCALAR, DType.BOOL));
    in.addAll(types);
    Optional<List<Type>> made = made(site, body.get(), in);
    for (int i = 0; made.isPresent() && i < Math.min(types.size(), made.get().size() - 1); i++) {
      types.set(i, carried(types.get(i), made.get().get(i + 1)));
    }
    for (int i = 1 + types.size(); made.isPresent() && i < made.get().size(); i++) {
      Type each = made.get().get(i);
      if (!isArray(each)) {
        return Optional.empty();
      }
      types.add(
          each.isTensor()
              ? Type.of(fresh(site.symbol() + "_" + i, each.shape().rank() + 1), each.dtype())
              : each);
    }
    return types.size() == site.results() ? Optional.of(types) : Optional.empty();
  }

  /** What goes in, where the body makes the same of it. */
  private static Type carried(Type in, Type out) {
    boolean open = isArray(in) && isArray(out) && in.dtype() == out.dtype();
    boolean same = in.isTensor() && out.isTensor() && in.shape().matches(out.shape());
    return open && !same ? new Type.OfElements(in.dtype()) : in;
  }

  /** What both branches make, sizes that differ being open; empty where they are of two kinds. */
  private static Optional<List<Type>> branches(OnnxNodeContext site) {
    Optional<List<Type>> yes = branch(site, "then_branch");
    Optional<List<Type>> no = branch(site, "else_branch");
    if (yes.isEmpty() || no.isEmpty() || yes.get().size() != no.get().size()) {
      return Optional.empty();
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < yes.get().size(); i++) {
      either(site.symbol() + "_" + i, yes.get().get(i), no.get().get(i)).ifPresent(types::add);
    }
    return types.size() == site.results() ? Optional.of(types) : Optional.empty();
  }

  private static Optional<List<Type>> branch(OnnxNodeContext site, String name) {
    return site.attributes().graph(name).flatMap(body -> made(site, body, List.of()));
  }

  private static Optional<Type> either(String name, Type a, Type b) {
    if (a.dtype() != b.dtype()) {
      return Optional.empty();
    }
    if (a instanceof Type.OfSequence && b instanceof Type.OfSequence) {
      return Optional.of(new Type.OfSequence(new Type.OfElements(a.dtype())));
    }
    if (!isArray(a) || !isArray(b)) {
      return Optional.empty();
    }
    if (!a.isTensor() || !b.isTensor() || a.shape().rank() != b.shape().rank()) {
      return Optional.of(new Type.OfElements(a.dtype()));
    }
    boolean same = a.equals(b) && a.shape().isFixed();
    return Optional.of(same ? a : Type.of(fresh(name, a.shape().rank()), a.dtype()));
  }

  private static boolean isArray(Type type) {
    return type.isTensor() || type instanceof Type.OfElements;
  }

  /** What a body makes: what it declares, else what comes out when it is read once. */
  private static Optional<List<Type>> made(
      OnnxNodeContext site, GraphProto body, List<Type> given) {
    DeclaredTypes declared = new DeclaredTypes(body);
    List<Type> stated =
        body.getOutputList().stream()
            .map(output -> declared.of(output.getName()))
            .flatMap(Optional::stream)
            .toList();
    return stated.size() == body.getOutputCount() ? Optional.of(stated) : read(site, body, given);
  }

  private static Optional<List<Type>> read(
      OnnxNodeContext site, GraphProto body, List<Type> given) {
    GraphBuilder builder = Graph.builder();
    ConstantFolding trial = new ConstantFolding(builder);
    OnnxGraphImport importing = OnnxGraphImport.alone(ProgramNode.of(site), trial);
    Map<String, Value> around = new LinkedHashMap<>();
    DeferredNodes.captured(site.node(), site.importing(), around);
    around.forEach(
        (name, value) ->
            importing.bind(
                name,
                site.folding()
                    .tried(value)
                    .map(tensor -> trial.constant(name, tensor))
                    .orElseGet(() -> builder.input(name, value.type()))));
    List<Value> in = given.stream().map(type -> builder.input("given", type)).toList();
    try {
      return Optional.of(importing.subgraph(body, in).stream().map(Value::type).toList());
    } catch (AxiomException | NotYet e) {
      return Optional.empty(); // it cannot be read so; the caller then refuses the node itself
    }
  }

  /** Sequences of what the body declares. */
  private static Optional<List<Type>> mapped(OnnxNodeContext site) {
    Optional<GraphProto> body = site.attributes().graph("body");
    DeclaredTypes declared = new DeclaredTypes(body.orElse(GraphProto.getDefaultInstance()));
    List<Type> types =
        body.orElse(GraphProto.getDefaultInstance()).getOutputList().stream()
            .map(output -> declared.of(output.getName()))
            .flatMap(Optional::stream)
            .map(type -> (Type) new Type.OfSequence(new Type.OfElements(type.dtype())))
            .toList();
    return types.size() == site.results() ? Optional.of(types) : Optional.empty();
  }

  /** What is made of sequences and optionals, or makes them. */
  private static Optional<Type> bundled(OnnxNodeContext site) {
    return switch (site.op()) {
      case "SequenceLength" -> Optional.of(Type.of(Shape.SCALAR, DType.INT64));
      case "OptionalHasElement" -> Optional.of(Type.of(Shape.SCALAR, DType.BOOL));
      case "SequenceInsert", "SequenceErase", "SplitToSequence" ->
          Optional.of(new Type.OfSequence(new Type.OfElements(site.dtype(0))));
      case "SequenceAt", "OptionalGetElement" -> element(site).map(type -> opened(site, type, 0));
      case "ConcatFromSequence" ->
          element(site)
              .filter(Type::isTensor)
              .map(type -> opened(site, type, site.attributes().integer("new_axis", 0)));
      default -> Optional.empty();
    };
  }

  private static Optional<Type> element(OnnxNodeContext site) {
    Type type = site.in(0).type();
    if (type instanceof Type.OfSequence sequence) {
      return Optional.of(sequence.element()).filter(t -> !(t instanceof Type.OfElements));
    }
    return type instanceof Type.OfOptional optional
        ? Optional.of(optional.element()).filter(t -> !(t instanceof Type.OfElements))
        : Optional.empty();
  }

  /** The same number of axes, or more, of any size. */
  private static Type opened(OnnxNodeContext site, Type type, int more) {
    return type.isTensor()
        ? Type.of(fresh(site.symbol(), type.shape().rank() + more), type.dtype())
        : type;
  }
}
