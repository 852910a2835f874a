package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.recipe.FlowAxes;
import dev.axiomml.dsl.recipe.GraphAssembly;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.ParameterNaming;
import dev.axiomml.dsl.recipe.RecipeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network with its output, waiting for claims and {@link #build}; immutable.
 *
 * <pre>{@code
 * ModelDraft<Scores> draft = Axiom.model("net").input(vector(4)).dense(3).output(scores(3));
 * Model<Scores> model = draft.ensure("finite(output)").prove("∀x ∈ [0,1]. no_nan(output(x))").build();
 * }</pre>
 *
 * @param <O> what the first output is
 */
public final class ModelDraft<O extends Output> {
  private final OutputKind<O> kind;
  private final List<Exit> exits;
  private final List<Property<? super O>> ensures;
  private final List<Theorem<? super O>> theorems;

  private record Exit(String name, LayerPosition spot) {}

  private ModelDraft(
      ModelDraft<O> from, List<Property<? super O>> ensures, List<Theorem<? super O>> theorems) {
    this(from.kind, from.exits, ensures, theorems);
  }

  private ModelDraft(
      OutputKind<O> kind,
      List<Exit> exits,
      List<Property<? super O>> ensures,
      List<Theorem<? super O>> theorems) {
    this.kind = kind;
    this.exits = List.copyOf(exits);
    this.ensures = List.copyOf(ensures);
    this.theorems = List.copyOf(theorems);
  }

  static <O extends Output> ModelDraft<O> of(Flow<?> end, OutputKind<O> kind) {
    Shape shape = end.shape();
    kind.classes().ifPresent(classes -> requireClasses(end, kind, classes, shape));
    if (kind.isDistribution()) {
      requireSoftmax(end.spot(), kind);
    }
    return new ModelDraft<>(kind, List.of(new Exit("output", end.spot())), List.of(), List.of());
  }

  private static void requireClasses(Flow<?> end, OutputKind<?> kind, int classes, Shape shape) {
    if (shape.rank() == 0 || !shape.dim(-1).matches(Dim.of(classes))) {
      throw new ModelException(
          new Diagnosis(
              kind.name() + "(" + classes + ") declared on " + shape,
              "model " + end.spot().trail().recipe().name() + " › output",
              "the last axis holds one number a class",
              "write "
                  + kind.name()
                  + "("
                  + (shape.rank() == 0 ? "…" : shape.dim(-1).toString())
                  + "), or give the last layer "
                  + classes
                  + " outputs"));
    }
  }

  /** Looks at the last step only; what another model ends in is looked at when all is built. */
  private static void requireSoftmax(LayerPosition end, OutputKind<?> kind) {
    RecipeStep last = end.step();
    while (last.content() instanceof RecipeStep.Label) {
      last = last.in().get(0).step();
    }
    boolean other = last.content() instanceof OperatorPart part && !part.kind().equals("softmax");
    if (other || last.content() instanceof RecipeStep.Given) {
      Map<RecipeStep, String> names =
          ParameterNaming.of(end.trail().recipe().name(), RecipeStep.needed(List.of(end)));
      String classes = kind.classes().isPresent() ? "" + kind.classes().getAsInt() : "…";
      throw new ModelException(
          new Diagnosis(
              kind.name() + "(" + classes + ") declared on the output of " + names.get(last),
              "model " + end.trail().recipe().name() + " › output",
              "a distribution ends in softmax over the last axis",
              "put .softmax() before .output(…), or declare scores(" + classes + ")"));
    }
  }

  /** The same with another output of the model, after its own. */
  public ModelDraft<O> also(String name, Flow<?> other) {
    List<Exit> more = new ArrayList<>(exits);
    more.add(new Exit(name, other.spot()));
    return new ModelDraft<>(kind, more, ensures, theorems);
  }

  /** The same with a property that every prediction is checked against. */
  public ModelDraft<O> ensure(Property<? super O> property) {
    List<Property<? super O>> more = new ArrayList<>(ensures);
    more.add(property);
    return new ModelDraft<>(this, more, theorems);
  }

  /** The same with a property in its text form, e.g. {@code sum(output) ≈ 1.0}. */
  public ModelDraft<O> ensure(String property) {
    return ensure(new Property<O>(PropertyText.formula(property)));
  }

  /** The same with a theorem, to be discharged by {@code verify()}. */
  public ModelDraft<O> prove(Theorem<? super O> theorem) {
    List<Theorem<? super O>> more = new ArrayList<>(theorems);
    more.add(theorem);
    return new ModelDraft<>(this, ensures, more);
  }

  /** The same with a theorem in its text form, e.g. {@code ∀x ∈ [0,1]. no_nan(output(x))}. */
  public ModelDraft<O> prove(String theorem) {
    return prove(PropertyText.<O>theorem(theorem));
  }

  /**
   * The model, with weights drawn from its seed as PyTorch draws them.
   *
   * @throws ModelException when names clash or the output is not what it is declared as
   */
  public Model<O> build() {
    return model(GraphAssembly.graph(spots()));
  }

  /** The same model, its weights zeros that take no memory until they are replaced. */
  public Model<O> blank() {
    return model(GraphAssembly.blank(spots()));
  }

  private Model<O> model(Graph graph) {
    Model<O> model = Model.of(signature(graph), graph);
    for (Property<? super O> property : ensures) {
      model = model.ensure(property);
    }
    for (Theorem<? super O> theorem : theorems) {
      model = model.prove(theorem);
    }
    return model;
  }

  /** PyTorch's names and shapes of the weights that {@link #build} would make. */
  public Map<String, Shape> parameters() {
    return GraphAssembly.parameters(spots());
  }

  private List<LayerPosition> spots() {
    return exits.stream().map(Exit::spot).toList();
  }

  private Signature<O> signature(Graph graph) {
    List<Port> in = new ArrayList<>();
    for (RecipeStep step : RecipeStep.needed(spots())) {
      if (step.content() instanceof RecipeStep.Given given) {
        Port port = given.port();
        String name = graph.inputs().get(in.size()).name();
        in.add(new Port(name, port.type(), port.axes(), port.domain()));
      }
    }
    List<Port> out = new ArrayList<>();
    for (int i = 0; i < exits.size(); i++) {
      out.add(port(exits.get(i), graph.outputs().get(i)));
    }
    return new Signature<>(exits.get(0).spot().trail().recipe().name(), in, out, kind);
  }

  private static Port port(Exit exit, Value value) {
    return new Port(
        exit.name(), value.type(), FlowAxes.of(value.type().shape().rank()), Optional.empty());
  }
}
