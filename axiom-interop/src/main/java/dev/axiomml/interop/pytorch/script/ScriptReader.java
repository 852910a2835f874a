package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.assembly.InputOpenings;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.file.TorchArchive;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads a TorchScript archive, a trace or a script, by following its source text. */
public final class ScriptReader {
  private static final Dim BATCH = Dim.symbol("N");

  private final TorchArchive archive;
  private final List<InputSpec> declared;
  private final ArchiveCode code;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Type> types = new HashMap<>();
  private UnaryOperator<Type> bind = type -> type;
  private final Deque<Type> likely = new ArrayDeque<>();
  private boolean assumed;
  private ModuleHints hints;
  private ScriptEvaluation current;

  private ScriptReader(TorchArchive archive, List<InputSpec> declared) {
    this.archive = archive;
    this.declared = declared;
    this.code = new ArchiveCode(archive);
    this.hints = new ModuleHints(code);
    this.current = new ScriptEvaluation(code, hints, this::type);
  }

  /**
   * The program of a file.
   *
   * @param declared what the caller says of the inputs, in order, which counts more than the file
   * @throws dev.axiomml.core.error.ModelImportException when the elements of tensors decide what
   *     runs, or the type of an input is unknown
   */
  public static AtenProgram read(ModelFile file, List<InputSpec> declared) {
    return new ScriptReader(TorchArchive.open(file.bytes(), file.place()), declared).read();
  }

  private AtenProgram read() {
    if (!(archive.root() instanceof PyObject object)) {
      throw archive
          .zip()
          .place()
          .fault("no module in data.pkl", "a program is one", "save it again");
    }
    ScriptValue.Member root = new ScriptValue.Member(object, "");
    likely.addAll(hints.likely(root));
    Map<String, Dim> sizes = new HashMap<>();
    Optional<AtenProgram> program = Optional.empty();
    while (program.isEmpty()) {
      program = program(root, sizes);
    }
    return program.get();
  }

  /** Empty when the source checks sizes that were not known before. */
  private Optional<AtenProgram> program(ScriptValue.Member root, Map<String, Dim> sizes) {
    start(sizes);
    try {
      AtenProgram program = program(root);
      return sizes.keySet().containsAll(current.learned().keySet())
          ? Optional.of(program)
          : Optional.empty();
    } catch (ModelImportException e) {
      boolean learned = !sizes.keySet().containsAll(current.learned().keySet());
      if (!learned && !assumed) {
        throw e;
      }
      if (!learned) {
        likely.remove();
      }
      return Optional.empty();
    } finally {
      sizes.putAll(current.learned());
    }
  }

  private void start(Map<String, Dim> sizes) {
    types.clear();
    assumed = false;
    Map<String, Dim> known = Map.copyOf(sizes);
    bind = type -> Type.of(bound(type.shape(), known), type.dtype());
    hints = new ModuleHints(code);
    current = new ScriptEvaluation(code, hints, this::type);
  }

  private static Shape bound(Shape shape, Map<String, Dim> sizes) {
    List<Dim> dims = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      dims.add(dim.bind(symbol -> sizes.getOrDefault(symbol, Dim.symbol(symbol))));
    }
    return new Shape(dims);
  }

  private AtenProgram program(ScriptValue.Member root) {
    Map<String, ScriptValue> given = new LinkedHashMap<>();
    names.clear();
    List<ScriptMethod.Parameter> parameters = code.method(root, "forward").parameters();
    for (ScriptMethod.Parameter parameter : parameters.subList(1, parameters.size())) {
      input(parameter).ifPresent(thing -> given.put(parameter.name(), thing));
    }
    ScriptValue result =
        current.method(root, "forward", new ScriptEvaluation.Passed(List.of(), given));
    List<AtenItem.Ref> outputs = new ArrayList<>();
    MethodFrame at =
        new MethodFrame(
            current,
            new ScriptEvaluation.Site(code.source(root), code.method(root, "forward"), root));
    collect(result, at, outputs);
    if (outputs.isEmpty()) {
      throw at.unknown("a model without outputs");
    }
    if (assumed) {
      outputs.forEach(current.recording()::type);
    }
    List<AtenProgram.Input> inputs =
        names.stream().map(name -> new AtenProgram.Input(name, type(name))).toList();
    return new AtenProgram(
        inputs, Map.of(), current.recording().steps(), AtenProgram.nameless(outputs));
  }

  /** What a parameter of forward is bound to; empty for what has a default. */
  private Optional<ScriptValue> input(ScriptMethod.Parameter parameter) {
    if (parameter.standard().isPresent()) {
      return Optional.empty();
    }
    if (parameter.type().equals("Optional")) {
      return Optional.of(ScriptValue.nothing());
    }
    if (!parameter.type().equals("Tensor")) {
      throw archive
          .zip()
          .place()
          .fault(
              "input %s is a %s".formatted(parameter.name(), parameter.type()),
              "inputs are tensors",
              "wrap the model in a module whose forward takes tensors");
    }
    names.add(parameter.name());
    return Optional.of(new ScriptValue.Held(new AtenItem.Ref(parameter.name())));
  }

  /** The tensors of a result, nested ones in order; None is no output. */
  private static void collect(ScriptValue result, MethodFrame at, List<AtenItem.Ref> to) {
    if (result instanceof ScriptValue.Mapped map) {
      map.entries().values().forEach(value -> collect(value, at, to));
      return;
    }
    AtenItem item = result instanceof ScriptValue.Listed ? AtenItem.NOTHING : at.item(result);
    if (result instanceof ScriptValue.Listed
        || at.recording().isSeveral(item)
        || item instanceof AtenItem.Many) {
      at.things(result).forEach(value -> collect(value, at, to));
    } else if (item instanceof AtenItem.Ref ref) {
      to.add(ref);
    } else if (!(item instanceof AtenItem.Nothing)) {
      throw at.unknown("an output that is " + MethodFrame.shown(result));
    }
  }

  private Type type(String name) {
    Type known = types.get(name);
    if (known == null) {
      known = bind.apply(type(name, names.indexOf(name)));
      types.put(name, known);
    }
    return known;
  }

  private Type type(String name, int index) {
    if (index < declared.size()) {
      return declared.get(index).inFileOrder(BATCH);
    }
    return traced(index)
        .or(() -> InputOpenings.type(current.recording().steps(), name))
        .or(() -> hints.type(name))
        .or(this::assumption)
        .orElseThrow(
            () ->
                archive
                    .zip()
                    .place()
                    .fault(
                        "the file does not say what input " + name + " looks like",
                        "it does not start with a layer that tells it",
                        "say it: Axiom.load(path, input(image(28, 28, 1))), or --input-shape"
                            + " 1,1,28,28"));
  }

  /** Of the only input, what suits the first layer; given up when the source disagrees. */
  private Optional<Type> assumption() {
    boolean only = names.size() == 1 && !likely.isEmpty();
    assumed = assumed || only;
    return only ? Optional.of(likely.element()) : Optional.empty();
  }

  /** What the trace was made with, its first axis free. */
  private Optional<Type> traced(int index) {
    if (!archive.zip().has(archive.folder() + "traced_inputs.pkl")) {
      return Optional.empty();
    }
    PyValue examples = untagged(archive.outline("traced_inputs.pkl"));
    Optional<PyValue> forward =
        examples instanceof PyDict dict ? dict.get("forward") : Optional.empty();
    return forward
        .map(ScriptReader::untagged)
        .filter(v -> v instanceof PyItems items && items.items().size() > index)
        .map(v -> ((PyItems) v).items().get(index))
        .filter(v -> v instanceof TensorView view && view.type().shape().rank() > 0)
        .map(v -> ((TensorView) v).type())
        .map(type -> Type.of(type.shape().with(0, BATCH), type.dtype()));
  }

  /** TorchScript wraps lists and dictionaries into a call that names their type. */
  private static PyValue untagged(PyValue value) {
    boolean tagged =
        value instanceof PyObject object
            && object.type().name().equals("restore_type_tag")
            && !object.arguments().isEmpty();
    return tagged ? ((PyObject) value).arguments().get(0) : value;
  }
}
