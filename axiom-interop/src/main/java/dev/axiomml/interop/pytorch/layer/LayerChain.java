package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import dev.axiomml.interop.pytorch.aten.assembly.InputOpenings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Layers one after another, as calls on one value. */
public final class LayerChain {
  /** Calls on each row by itself, however many axes there are before it. */
  private static final Set<String> ROWWISE =
      Set.of("linear", "layer_norm", "relu", "gelu", "silu", "tanh", "dropout");

  private final String input;
  private final List<AtenStep> steps = new ArrayList<>();
  private final PickledItems pickled = new PickledItems();
  private Optional<Type> opening = Optional.empty();
  private AtenItem.Ref at;

  /** A chain that starts at an input. */
  public LayerChain(String input) {
    this.input = input;
    this.at = new AtenItem.Ref(input);
  }

  /** Adds a layer. @throws dev.axiomml.core.error.ModelImportException when it has no row */
  public void add(TorchLayer layer) {
    LayerTable.row(layer).apply(layer, this);
    layer.requireRead();
  }

  /** A call whose first argument is the value so far. */
  void call(TorchLayer layer, String target, AtenItem... more) {
    call(layer.path(), target, more);
  }

  void call(String path, String target, AtenItem... more) {
    callOn(path, target, at, more);
  }

  /** A call; its result is the value so far from now on. */
  void callOn(String path, String target, AtenItem first, AtenItem... more) {
    List<AtenStep.Argument> arguments = new ArrayList<>();
    arguments.add(new AtenStep.Argument("", first));
    for (AtenItem item : more) {
      arguments.add(new AtenStep.Argument("", item));
    }
    at = new AtenItem.Ref("value" + steps.size());
    steps.add(new AtenStep(path, CallTarget.of(target), arguments, List.of(at.name()), false));
  }

  /** The value so far. */
  AtenItem.Ref at() {
    return at;
  }

  /** Goes on from another value. */
  void moveTo(AtenItem.Ref value) {
    at = value;
  }

  /** Says what the value so far looks like, from which follows what the input does. */
  void opens(Type type) {
    boolean first = at.name().equals(input);
    boolean rowwise = steps.stream().allMatch(step -> ROWWISE.contains(step.target().name()));
    if (opening.isEmpty() && first) {
      opening = Optional.of(type);
    } else if (opening.isEmpty() && rowwise) {
      opening =
          InputOpenings.type(steps, input)
              .map(told -> Type.float32(type.shape().with(2, told.shape().dim(-1))));
    }
  }

  /** Values of the file as items. */
  PickledItems pickled() {
    return pickled;
  }

  /**
   * What was put together; its output is the value so far.
   *
   * @param known the type of a batch, where somebody knows it; else the first layers tell it
   * @throws ModelImportException when they cannot
   */
  public AtenProgram program(Optional<Type> known) {
    Type type =
        known.or(() -> opening).or(() -> InputOpenings.type(steps, input)).orElseThrow(this::open);
    return new AtenProgram(
        List.of(new AtenProgram.Input(input, type)),
        Map.of(),
        steps,
        AtenProgram.nameless(List.of(at)));
  }

  private ModelImportException open() {
    String first = steps.isEmpty() ? "layers" : "layer " + steps.get(0).path();
    return new ModelImportException(
        new Diagnosis(
            "the file does not say what its input looks like",
            first,
            "a network that does not start with a linear layer or a convolution takes any shape",
            "say it: Axiom.load(path, input(image(28, 28, 1))), or --input-shape 1,1,28,28"));
  }
}
