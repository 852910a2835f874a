package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.pass.Folding;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.Boundary;
import dev.axiomml.interop.layout.Spatial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a program's calls down as a graph, in the file's own layout, and turns its boundary around
 * at the end.
 */
public final class Assembly {
  private final GraphBuilder builder = Graph.builder();
  private final Folding folding = new Folding(builder);
  private final Map<String, Item> names = new HashMap<>();
  private final Map<Tensor, Value> constants = new IdentityHashMap<>();
  private final Spatial spatial = new Spatial();
  private final Aliases aliases;

  Assembly(Program program) {
    this.aliases = new Aliases(program);
    names.putAll(program.bound());
  }

  /**
   * The graph of a program.
   *
   * @throws ModelImportException listing every call that has no rule, or naming the one whose
   *     arguments have none
   */
  public static Boundary.Turned of(Program program, Layout layout) {
    Aten.requireAll(program);
    Assembly assembly = new Assembly(program);
    program.inputs().forEach(input -> assembly.input(input.name(), input.type()));
    program.steps().forEach(assembly::step);
    return assembly.finish(program, layout);
  }

  private Boundary.Turned finish(Program program, Layout layout) {
    List<Value> outputs = new ArrayList<>();
    for (Program.Output output : program.outputs()) {
      outputs.add(value(resolved(output.value()), output.name()));
    }
    Graph graph = builder.build(outputs);
    List<String> called = program.outputs().stream().map(Program.Output::name).toList();
    return new Boundary(graph, spatial).turned(called, layout);
  }

  void input(String name, Type type) {
    names.put(name, new Item.Flow(builder.input(name, type)));
  }

  void step(Step step) {
    Call call = new Call(this, step, Aten.schema(step.target()));
    Item result;
    try {
      result = Aten.rule(step.target()).apply(call);
    } catch (ModelImportException e) {
      throw e;
    } catch (AxiomException e) {
      Diagnosis d = e.diagnosis();
      Diagnosis placed = d.where().isEmpty() ? d.at(call.place()) : d;
      throw new ModelImportException(placed, e);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new ModelImportException(
          new Diagnosis(
              "" + e.getMessage(),
              call.place(),
              "the call's arguments do not fit the operator",
              "check the file with Python, or export it again"),
          e);
    }
    bind(step, result);
  }

  private void bind(Step step, Item result) {
    if (step.spread() && result instanceof Item.Many many) {
      for (int i = 0; i < Math.min(many.items().size(), step.results().size()); i++) {
        names.put(step.results().get(i), many.items().get(i));
      }
    } else if (!step.results().isEmpty()) {
      names.put(step.results().get(0), result);
    }
    for (String stale : aliases.overwritten(step)) {
      names.put(stale, result);
    }
  }

  Item resolved(Item item) {
    if (item instanceof Item.Ref ref) {
      return Optional.ofNullable(names.get(ref.name())).orElseThrow(() -> missing(ref));
    }
    return item instanceof Item.Many many
        ? new Item.Many(many.items().stream().map(this::resolved).toList())
        : item;
  }

  private static ModelImportException missing(Item.Ref ref) {
    return new ModelImportException(
        new Diagnosis(
            "value " + ref.name() + " is used before anything makes it",
            "",
            "a program names a value first and reads it then",
            "export the model again"));
  }

  /** A tensor in the graph; weights become constants of their name. */
  Value value(Item item, String what) {
    if (item instanceof Item.Flow flow) {
      return flow.value();
    }
    if (item instanceof Item.Weight weight) {
      return constants.computeIfAbsent(
          weight.parameter().tensor(), t -> folding.constant(weight.parameter().name(), t));
    }
    throw new IllegalArgumentException(what + " must be a tensor, got " + item);
  }

  GraphBuilder builder() {
    return builder;
  }

  /** Puts operators down, those on nothing but constants as their results. */
  List<Value> emit(String name, Op op, List<Value> in) {
    boolean known = !in.isEmpty() && in.stream().allMatch(v -> builder.constantOf(v).isPresent());
    return known ? folding.add(name, op, in) : builder.add(name, op, in);
  }

  Value constant(Tensor tensor) {
    return folding.constant(tensor);
  }

  Spatial spatial() {
    return spatial;
  }
}
