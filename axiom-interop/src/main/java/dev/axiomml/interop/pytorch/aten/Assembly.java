package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.pass.Folding;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.Boundary;
import dev.axiomml.interop.layout.Spatial;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Puts a program's calls down as a graph, in the file's own layout, and turns its boundary around
 * at the end.
 */
public final class Assembly {
  private final GraphBuilder builder = Graph.builder();
  private final Folding folding = new Folding(builder);
  private final Names names;
  private final StatedTypes stated;
  private final List<Moved.Put> trail = new ArrayList<>();
  private final IdentityHashMap<Tensor, Value> constants = new IdentityHashMap<>();
  private final Spatial spatial = new Spatial();

  private Assembly(boolean follows, StatedTypes stated) {
    this.names = new Names(this::applied, follows);
    this.stated = stated;
  }

  /** One that is asked for types only: what calls overwrite is not followed. */
  static Assembly ofTypes() {
    return new Assembly(false, StatedTypes.NONE);
  }

  /**
   * The graph of a program.
   *
   * @throws ModelImportException listing every call that has no rule, or naming the one whose
   *     arguments have none
   */
  public static Boundary.Turned of(Program program, Layout layout) {
    Unsupported.refuse(program);
    Assembly assembly = new Assembly(true, program.stated());
    assembly.names.bind(program.bound());
    program.bound().forEach((name, held) -> program.stated().require("value " + name, name, held));
    program.inputs().forEach(input -> assembly.input(input.name(), input.type()));
    program.steps().forEach(assembly::step);
    return assembly.finish(program, layout);
  }

  private Boundary.Turned finish(Program program, Layout layout) {
    List<Value> outputs = new ArrayList<>();
    List<String> called = new ArrayList<>();
    for (Program.Output output : program.outputs()) {
      Item item = resolved(output.value());
      if (!(item instanceof Item.Nothing)) {
        outputs.add(output(item, output.name()));
        called.add(output.name());
      }
    }
    Graph graph = builder.build(outputs);
    return new Boundary(graph, spatial).turned(called, layout);
  }

  private Value output(Item item, String name) {
    if (item instanceof Item.Flow || item instanceof Item.Weight) {
      return value(item, name);
    }
    boolean absent = item instanceof Item.Absent;
    throw new ModelImportException(
        new Diagnosis(
            "output " + name + " is " + (absent ? ((Item.Absent) item).what() : item),
            "",
            absent ? "that is not computed here" : "outputs are tensors",
            absent
                ? "return the other outputs only and save again"
                : "return tensors from forward and save again"));
  }

  void input(String name, Type type) {
    names.put(name, new Item.Flow(builder.input(name, type)));
  }

  void step(Step step) {
    trail.clear();
    Item result = applied(step);
    names.results(call(step, matched(step)), result, List.copyOf(trail));
    String place = "node " + step.path() + " (" + step.target().text() + ")";
    for (String name : step.results()) {
      names.known(name).ifPresent(item -> stated.require(place, name, item));
    }
  }

  private Call call(Step step, Rows.Match match) {
    return new Call(this, step, BoundArguments.of(step, match.schema(), match.row()));
  }

  private Rows.Match matched(Step step) {
    return Aten.find(step, this::resolved)
        .orElseThrow(() -> Unsupported.overload(step, this::resolved));
  }

  /** What a call answers; refused where it gives more than the row reads. */
  private Item applied(Step step) {
    Rows.Match match = matched(step);
    BoundArguments arguments = BoundArguments.of(step, match.schema(), match.row());
    Item result = applied(new Call(this, step, arguments), match.row().rule());
    arguments.requireRead(this::resolved);
    return result;
  }

  private static Item applied(Call call, Rule rule) {
    try {
      return rule.apply(call);
    } catch (ModelImportException e) {
      throw e;
    } catch (AxiomException e) {
      Diagnosis d = e.diagnosis();
      Diagnosis placed = d.where().isEmpty() ? d.at(call.place()) : d;
      throw new ModelImportException(placed, e);
    } catch (IllegalStateException e) {
      throw open(call, e);
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new ModelImportException(
          new Diagnosis(
              "" + e.getMessage(),
              call.place(),
              "the call's arguments do not fit the operator",
              "say what the inputs look like, --input-shape 1,1,28,28, where the file does not;"
                  + " else export it again"),
          e);
    }
  }

  /** A size that had to be a number is a symbol. */
  private static ModelImportException open(Call call, IllegalStateException e) {
    return new ModelImportException(
        new Diagnosis(
            "" + e.getMessage(),
            call.place(),
            "this call needs the size as a number",
            "say what the inputs look like: PyTorch.load(path, input(image(28, 28, 1))), or"
                + " --input-shape 1,1,28,28; or export with that axis fixed"),
        e);
  }

  Item resolved(Item item) {
    return names.resolved(item);
  }

  /** A tensor in the graph; weights become constants of their name. */
  Value value(Item item, String what) {
    if (item instanceof Item.Flow flow) {
      return flow.value();
    }
    if (item instanceof Item.Weight weight) {
      return constants.computeIfAbsent(
          weight.parameter().tensor(), t -> folding.constant(weight.parameter()));
    }
    throw new IllegalArgumentException(what + " must be a tensor, got " + item);
  }

  GraphBuilder builder() {
    return builder;
  }

  /** Puts operators down, those on nothing but constants as their results. */
  List<Value> emit(String name, Op op, List<Value> in) {
    boolean known = !in.isEmpty() && in.stream().allMatch(v -> builder.constantOf(v).isPresent());
    List<Value> out = known ? folding.add(name, op, in) : builder.add(name, op, in);
    trail.add(new Moved.Put(op, in, out));
    return out;
  }

  /** The parameter of a value that is a constant. */
  Optional<Parameter> parameter(Value value) {
    return folding.known(value).parameter();
  }

  Value constant(Tensor tensor) {
    return folding.constant(tensor);
  }

  Spatial spatial() {
    return spatial;
  }
}
