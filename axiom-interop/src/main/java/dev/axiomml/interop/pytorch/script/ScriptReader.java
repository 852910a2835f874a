package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Openings;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.file.TorchArchive;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a TorchScript archive whose code is straight-line, as a trace's is. */
public final class ScriptReader {
  private static final Dim BATCH = Dim.symbol("N");

  private final TorchArchive archive;
  private final List<InputSpec> told;

  private ScriptReader(TorchArchive archive, List<InputSpec> told) {
    this.archive = archive;
    this.told = told;
  }

  /**
   * The program of a file.
   *
   * @param told what the caller says of the inputs, in order, which counts more than the file
   * @throws dev.axiomml.core.error.ModelImportException when code branches, or nobody knows what an
   *     input looks like
   */
  public static Program read(ModelFile file, List<InputSpec> told) {
    return new ScriptReader(TorchArchive.open(file.bytes(), file.place()), told).read();
  }

  private Program read() {
    if (!(archive.root() instanceof PyObject object)) {
      throw archive
          .zip()
          .place()
          .fault("no module in data.pkl", "a program is one", "save it again");
    }
    Code code = new Code(archive);
    Thing.Member root = new Thing.Member(object, "");
    Tracing tracing = new Tracing(code);
    List<String> names = code.method(root, "forward").parameters();
    List<Item> arguments = names.stream().map(name -> (Item) new Item.Ref(name)).toList();
    Item result = tracing.call(root, "forward", arguments);
    List<Program.Input> inputs = new ArrayList<>();
    for (String name : names) {
      inputs.add(new Program.Input(name, type(name, inputs.size(), tracing.steps())));
    }
    return new Program(inputs, Map.of(), tracing.steps(), outputs(result));
  }

  private List<Program.Output> outputs(Item result) {
    List<Item> items = result instanceof Item.Many many ? many.items() : List.of(result);
    List<Item.Ref> outputs = new ArrayList<>();
    for (Item item : items) {
      if (!(item instanceof Item.Ref ref)) {
        throw archive
            .zip()
            .place()
            .fault("an output that is " + item, "outputs are tensors", "trace it again");
      }
      outputs.add(ref);
    }
    return Program.nameless(outputs);
  }

  private Type type(String name, int index, List<Step> steps) {
    if (index < told.size()) {
      return told.get(index).inFileOrder(BATCH);
    }
    return traced(index)
        .or(() -> Openings.type(steps, name))
        .orElseThrow(
            () ->
                archive
                    .zip()
                    .place()
                    .fault(
                        "the file does not say what input " + name + " looks like",
                        "the trace does not start with a layer that tells it",
                        "say it: PyTorch.load(path, input(image(28, 28, 1))), or --input-shape"
                            + " 1,1,28,28"));
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
