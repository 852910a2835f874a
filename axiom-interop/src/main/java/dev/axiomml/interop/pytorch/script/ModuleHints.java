package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the modules of torch.nn say about the values they are called with. */
final class ModuleHints {
  static final Dim BATCH = Dim.symbol("N");
  private static final List<String> AXES = List.of("D", "H", "W");

  private final ArchiveCode code;
  private final Map<String, Type> types = new HashMap<>();

  ModuleHints(ArchiveCode code) {
    this.code = code;
  }

  /** The type of a value that was the first argument of a module. */
  Optional<Type> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** Remembers that a module was called with a value. */
  void note(ScriptValue.Member module, AtenItem item) {
    boolean standard = module.module().startsWith("__torch__.torch.nn.modules.");
    if (standard && item instanceof AtenItem.Ref ref && !types.containsKey(ref.name())) {
      type(module).ifPresent(type -> types.put(ref.name(), type));
    }
  }

  private Optional<Type> type(ScriptValue.Member module) {
    String name = module.object().type().name();
    return switch (name) {
      case "BatchNorm1d" -> channels(module, "running_mean", 0).map(c -> images(c, 0));
      case "BatchNorm2d", "InstanceNorm2d" ->
          channels(module, "running_mean", 0).map(c -> images(c, 2));
      case "BatchNorm3d" -> channels(module, "running_mean", 0).map(c -> images(c, 3));
      case "Conv1d" -> grouped(module).map(c -> images(c, 1));
      case "Conv2d" -> grouped(module).map(c -> images(c, 2));
      case "Conv3d" -> grouped(module).map(c -> images(c, 3));
      case "ConvTranspose1d" -> channels(module, "weight", 0).map(c -> images(c, 1));
      case "ConvTranspose2d" -> channels(module, "weight", 0).map(c -> images(c, 2));
      case "ConvTranspose3d" -> channels(module, "weight", 0).map(c -> images(c, 3));
      case "Embedding" ->
          channels(module, "weight", 1)
              .map(c -> Type.of(Shape.of(BATCH, Dim.symbol("T")), DType.INT64));
      case "Linear" -> channels(module, "weight", 1).map(c -> images(c, 0));
      case "LSTM", "GRU", "RNN" ->
          channels(module, "weight_ih_l0", 1).flatMap(c -> steps(module, c));
      default -> Optional.empty();
    };
  }

  /**
   * What a model takes whose first layer is the first one that it holds, most likely first: such a
   * reading counts only when the whole source agrees with it.
   */
  List<Type> likely(ScriptValue.Member root) {
    Optional<ScriptValue.Member> first =
        first(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    Optional<Type> type = first.flatMap(this::type);
    if (type.isEmpty() || !first.get().object().type().name().equals("Linear")) {
      return type.map(List::of).orElse(List.of());
    }
    Dim features = type.get().shape().dim(1);
    Shape sequence = Shape.of(BATCH, Dim.symbol("T"), features);
    return List.of(type.get(), Type.float32(sequence));
  }

  /** The first layer with weights. */
  private static Optional<ScriptValue.Member> first(ScriptValue.Member module, Set<PyValue> seen) {
    boolean layer = module.module().startsWith("__torch__.torch.nn.modules.");
    var values = module.object().attributes().entries();
    if (layer && values.values().stream().anyMatch(TensorView.class::isInstance)) {
      return Optional.of(module);
    }
    Optional<ScriptValue.Member> found = Optional.empty();
    for (var entry : values.entrySet()) {
      boolean open = found.isEmpty() && entry.getValue() instanceof PyObject;
      if (open && seen.add(entry.getValue())) {
        found = first(child(module, entry), seen);
      }
    }
    return found;
  }

  private static ScriptValue.Member child(
      ScriptValue.Member module, Map.Entry<PyValue, PyValue> entry) {
    return new ScriptValue.Member(
        (PyObject) entry.getValue(), module.below(entry.getKey().toString()));
  }

  private static Optional<Dim> channels(ScriptValue.Member module, String weight, int axis) {
    return module
        .object()
        .attributes()
        .get(weight)
        .filter(TensorView.class::isInstance)
        .map(view -> ((TensorView) view).type().shape().dim(axis));
  }

  /** Of a convolution. */
  private Optional<Dim> grouped(ScriptValue.Member module) {
    long groups =
        setting(module, "groups") instanceof AtenItem.Size size && size.dim().isFixed()
            ? size.dim().value()
            : 1;
    return channels(module, "weight", 1).map(dim -> dim.times(groups));
  }

  private AtenItem setting(ScriptValue.Member module, String name) {
    Optional<AtenItem> held =
        code.attribute(module, name)
            .filter(ScriptValue.Held.class::isInstance)
            .map(t -> ((ScriptValue.Held) t).item());
    return held.or(
            () ->
                code.standard(module, name)
                    .filter(ScriptExpression.Literal.class::isInstance)
                    .map(e -> ((ScriptExpression.Literal) e).item()))
        .orElse(AtenItem.NOTHING);
  }

  private static Type images(Dim channels, int axes) {
    List<Dim> dims = new ArrayList<>(List.of(BATCH, channels));
    if (axes == 1) {
      dims.add(Dim.symbol("L"));
    } else {
      AXES.subList(3 - axes, 3).forEach(axis -> dims.add(Dim.symbol(axis)));
    }
    return Type.float32(new Shape(dims));
  }

  private Optional<Type> steps(ScriptValue.Member module, Dim features) {
    boolean first = setting(module, "batch_first").equals(new AtenItem.Flag(true));
    return first
        ? Optional.of(Type.float32(Shape.of(BATCH, Dim.symbol("T"), features)))
        : Optional.empty();
  }
}
