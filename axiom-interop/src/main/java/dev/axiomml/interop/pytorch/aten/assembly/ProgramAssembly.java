package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.LayoutBoundary;
import dev.axiomml.interop.layout.SpatialValues;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenRows;
import dev.axiomml.interop.pytorch.aten.AtenRule;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.BoundArguments;
import dev.axiomml.interop.pytorch.aten.CallScope;
import dev.axiomml.interop.pytorch.aten.StatedTypes;
import dev.axiomml.interop.pytorch.aten.calls.AtenTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Puts a program's calls down as a graph, in the file's own layout, and turns its boundary around
 * at the end.
 */
public final class ProgramAssembly implements CallScope {
  private final GraphBuilder builder = Graph.builder();
  private final ConstantFolding folding = ConstantFolding.keepingWeights(builder);
  private final NameBindings names;
  private final StatedTypes stated;
  private final List<MovedView.Put> trail = new ArrayList<>();
  private final IdentityHashMap<Tensor, Value> constants = new IdentityHashMap<>();
  private final SpatialValues spatial = new SpatialValues();

  private ProgramAssembly(boolean follows, StatedTypes stated) {
    this.names = new NameBindings(this::applied, follows);
    this.stated = stated;
  }

  /** One that is asked for types only: what calls overwrite is not followed. */
  static ProgramAssembly ofTypes() {
    return new ProgramAssembly(false, StatedTypes.NONE);
  }

  /**
   * The graph of a program.
   *
   * @throws ModelImportException listing every call that has no rule, or naming the one whose
   *     arguments have none
   */
  public static LayoutBoundary.Turned of(AtenProgram program, Layout layout) {
    UnsupportedCalls.refuse(program);
    ProgramAssembly assembly = new ProgramAssembly(true, program.stated());
    assembly.names.bind(program.bound());
    program.bound().forEach((name, held) -> program.stated().require("value " + name, name, held));
    program.inputs().forEach(input -> assembly.input(input.name(), input.type()));
    program.steps().forEach(assembly::step);
    return assembly.finish(program, layout);
  }

  private LayoutBoundary.Turned finish(AtenProgram program, Layout layout) {
    List<Value> outputs = new ArrayList<>();
    List<String> called = new ArrayList<>();
    for (AtenProgram.Output output : program.outputs()) {
      AtenItem item = resolved(output.value());
      if (!(item instanceof AtenItem.Nothing)) {
        outputs.add(output(item, output.name()));
        called.add(output.name());
      }
    }
    Graph graph = builder.build(outputs);
    return new LayoutBoundary(graph, spatial).turned(called, layout);
  }

  private Value output(AtenItem item, String name) {
    if (item instanceof AtenItem.Flow || item instanceof AtenItem.Weight) {
      return value(item, name);
    }
    boolean absent = item instanceof AtenItem.Absent;
    throw new ModelImportException(
        new Diagnosis(
            "output " + name + " is " + (absent ? ((AtenItem.Absent) item).what() : item),
            "",
            absent ? "that is not computed here" : "outputs are tensors",
            absent
                ? "return the other outputs only and save again"
                : "return tensors from forward and save again"));
  }

  void input(String name, Type type) {
    names.put(name, new AtenItem.Flow(builder.input(name, type)));
  }

  void step(AtenStep step) {
    trail.clear();
    AtenItem result = applied(step);
    names.results(call(step, matched(step)), result, List.copyOf(trail));
    String place = "node " + step.path() + " (" + step.target().text() + ")";
    for (String name : step.results()) {
      names.known(name).ifPresent(item -> stated.require(place, name, item));
    }
  }

  private AtenCall call(AtenStep step, AtenRows.Match match) {
    return new AtenCall(this, step, BoundArguments.of(step, match.schema(), match.row()));
  }

  private AtenRows.Match matched(AtenStep step) {
    return AtenTable.find(step, this::resolved)
        .orElseThrow(() -> UnsupportedCalls.overload(step, this::resolved));
  }

  /** What a call answers; refused where it gives more than the row reads. */
  private AtenItem applied(AtenStep step) {
    AtenRows.Match match = matched(step);
    BoundArguments arguments = BoundArguments.of(step, match.schema(), match.row());
    AtenItem result = applied(new AtenCall(this, step, arguments), match.row().rule());
    arguments.requireRead(this::resolved);
    return result;
  }

  private static AtenItem applied(AtenCall call, AtenRule rule) {
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
  private static ModelImportException open(AtenCall call, IllegalStateException e) {
    return new ModelImportException(
        new Diagnosis(
            "" + e.getMessage(),
            call.place(),
            "this call needs the size as a number",
            "say what the inputs look like: Axiom.load(path, input(image(28, 28, 1))), or"
                + " --input-shape 1,1,28,28; or export with that axis fixed"),
        e);
  }

  @Override
  public boolean isStated(String name) {
    return stated.has(name);
  }

  @Override
  public AtenItem resolved(AtenItem item) {
    return names.resolved(item);
  }

  @Override
  public Value value(AtenItem item, String what) {
    if (item instanceof AtenItem.Flow flow) {
      return flow.value();
    }
    if (item instanceof AtenItem.Weight weight) {
      return constants.computeIfAbsent(
          weight.parameter().tensor(), t -> folding.parameter(weight.parameter()));
    }
    throw new IllegalArgumentException(what + " must be a tensor, got " + item);
  }

  @Override
  public GraphBuilder builder() {
    return builder;
  }

  /** Puts operators down; of those on nothing but constants, their results. */
  @Override
  public List<Value> emit(String name, Op op, List<Value> in) {
    boolean known = !in.isEmpty() && in.stream().allMatch(v -> known(v).isKnown());
    List<Value> out = known ? folding.add(name, op, in) : builder.add(name, op, in);
    trail.add(new MovedView.Put(op, in, out));
    return out;
  }

  /** What is known of a value before the graph runs. */
  @Override
  public KnownValue known(Value value) {
    return folding.known(value);
  }

  /** The tensor of a known value, for a trial. */
  @Override
  public Optional<Tensor> tried(Value value) {
    return folding.tried(value);
  }

  @Override
  public Value constant(Tensor tensor) {
    return folding.constant(tensor);
  }

  @Override
  public SpatialValues spatial() {
    return spatial;
  }
}
