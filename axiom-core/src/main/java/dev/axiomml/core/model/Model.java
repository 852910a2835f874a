package dev.axiomml.core.model;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphSource;
import dev.axiomml.core.model.picture.MermaidChart;
import dev.axiomml.core.model.picture.SvgPicture;
import dev.axiomml.core.model.plan.ModelGraphs;
import dev.axiomml.core.model.plan.PlanCache;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network with its boundary and what is claimed of it.
 *
 * <p>Immutable and safe to share between threads. It holds the training graph; predictions run the
 * inference graph, in which batch norms are folded and dropout is gone.
 *
 * @param <O> what the first output is
 */
public final class Model<O extends Output> {
  private final Signature<O> signature;
  private final ModelGraphs graphs;
  private final PlanCache plans;
  private final Claimed<O> claimed;
  private final BatchCopies batches = new BatchCopies();

  private record Claimed<O extends Output>(
      List<Property<? super O>> ensures,
      List<Theorem<? super O>> theorems,
      Map<String, GivenValue> given,
      FileWeights file) {
    Claimed {
      ensures = List.copyOf(ensures);
      theorems = List.copyOf(theorems);
      given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    static <O extends Output> Claimed<O> nothing() {
      return new Claimed<>(List.of(), List.of(), Map.of(), FileWeights.NONE);
    }
  }

  private Model(Signature<O> signature, ModelGraphs graphs, PlanCache plans, Claimed<O> claimed) {
    this.signature = signature;
    this.graphs = graphs;
    this.plans = plans;
    this.claimed = claimed;
  }

  /**
   * A model around a graph.
   *
   * @throws ModelException when ports and graph, or the output kind and the graph's output, do not
   *     fit
   */
  public static <O extends Output> Model<O> of(Signature<O> signature, Graph graph) {
    return of(signature, new ModelGraphs(graph, Optional.empty()), Claimed.nothing());
  }

  /**
   * A model whose graph is made anew for arrays of each type: the one for all sizes is what is
   * known before, and what holds for all of them where it is shown.
   *
   * @throws ModelException when ports and graph, or the output kind and the graph's output, do not
   *     fit
   */
  public static <O extends Output> Model<O> of(
      Signature<O> signature, Graph graph, GraphSource source) {
    return of(signature, new ModelGraphs(graph, Optional.of(source)), Claimed.nothing());
  }

  private static <O extends Output> Model<O> of(
      Signature<O> signature, ModelGraphs graphs, Claimed<O> claimed) {
    signature.check(graphs.training());
    PlanCache plans =
        new PlanCache(graphs, new ReferenceBackend(), Compilation.DEFAULT, sizes -> {});
    return new Model<>(signature, graphs, plans, claimed);
  }

  /** Name, inputs, outputs and output kind. */
  public Signature<O> signature() {
    return signature;
  }

  /** The name. */
  public String name() {
    return signature.name();
  }

  /** The graph with dropout and batch norms as they were written, for all sizes. */
  public Graph graph() {
    return graphs.training();
  }

  /** The graph that predictions run and proofs speak of, for all sizes. */
  public Graph inference() {
    return graphs.inference();
  }

  /**
   * The graph that predictions of arrays of given types run.
   *
   * @throws dev.axiomml.core.error.AxiomException where the model does not run on them
   */
  public Graph inference(List<Type> inputs) {
    return graphs.inference(graphs.training().symbolsFor(inputs));
  }

  /**
   * Why predictions of such arrays are not those of their rows one by one, so that what is proved
   * of one row says nothing of them; empty where the graph for them is copies of the graph for one
   * row, and for a single row.
   *
   * <p>Proofs look at a few numbers of rows and say which. A model with theorems looks at any other
   * when it first meets it, and says in the log where they are no copies.
   *
   * @param inputs of all inputs, in order; every size is a number
   * @throws dev.axiomml.core.error.AxiomException where the model does not run on them
   */
  public Optional<String> mixing(List<Type> inputs) {
    return BatchCopies.fault(graphs, graphs.training().symbolsFor(inputs));
  }

  /** The graphs for all sizes and for given ones. */
  ModelGraphs graphs() {
    return graphs;
  }

  /**
   * Whether the graph is one for all sizes, so that it is bound to given ones and what holds for
   * all of them may be read of it. Others are specialized by {@link #specialized}.
   */
  public boolean isForAllSizes() {
    return graphs.isForAllSizes();
  }

  /**
   * This model for arrays of given types alone, as predictions of such arrays run it.
   *
   * @param inputs of all inputs, in order; every size is a number
   * @throws dev.axiomml.core.error.AxiomException where it does not run on them
   */
  public Model<O> specialized(List<Type> inputs) {
    Graph fixed = graphs.training(inputs);
    return of(signature.specialized(fixed), new ModelGraphs(fixed, Optional.empty()), claimed);
  }

  /** The weights by name, tied ones once, in the order of the graph. */
  public List<Parameter> parameters() {
    return GraphParameters.of(graphs.training());
  }

  /** The tensors of the file that this was read of, as they lie there. */
  public FileWeights file() {
    return claimed.file();
  }

  /** This model as one that was read of a file. */
  public Model<O> of(FileWeights file) {
    return with(new Claimed<>(claimed.ensures(), claimed.theorems(), claimed.given(), file));
  }

  /** The same network of which nothing is claimed. */
  public Model<O> unclaimed() {
    return new Model<>(signature, graphs, plans, Claimed.nothing());
  }

  /** What every prediction is checked against. */
  public List<Property<? super O>> ensures() {
    return claimed.ensures();
  }

  /** What is claimed for all inputs of a region. */
  public List<Theorem<? super O>> theorems() {
    return claimed.theorems();
  }

  /**
   * The first output for one input, batch first. @throws dev.axiomml.core.error.EnsureViolation
   * when an ensure is broken
   */
  public Tensor predict(Tensor x) {
    return predictAll(GivenInputs.of(name(), x)).get(0);
  }

  /** All outputs by name for all inputs by name, batch first. */
  public Map<String, Tensor> predictByName(Map<String, Tensor> inputs) {
    return GivenInputs.named(signature, inputs, this::predictAll);
  }

  /** All outputs for all inputs, batch first. */
  public List<Tensor> predictAll(List<Tensor> inputs) {
    List<Tensor> given = GivenInputs.of(name(), inputs);
    GivenInputs.requireScaled(signature, given);
    List<Tensor> outputs = plans.run(given);
    batches.watch(this, given);
    EnsureChecks.check(this, given, outputs);
    return outputs;
  }

  /** This model with a property checked on every prediction. */
  public Model<O> ensure(Property<? super O> property) {
    FormulaCheck.require(signature, property.formula());
    List<Property<? super O>> more = new ArrayList<>(claimed.ensures());
    more.add(property);
    return with(new Claimed<>(more, claimed.theorems(), claimed.given(), claimed.file()));
  }

  private Model<O> with(Claimed<O> more) {
    return new Model<>(signature, graphs, plans, more);
  }

  /** This model with a property in its text form checked on every prediction. */
  public Model<O> ensure(String property) {
    return ensure(new Property<O>(PropertyText.formula(property)));
  }

  /** This model with one more theorem, which {@link #verify} and the prover discharge. */
  public Model<O> prove(Theorem<? super O> theorem) {
    FormulaCheck.require(signature, theorem.formula());
    List<Theorem<? super O>> more = new ArrayList<>(claimed.theorems());
    more.add(theorem);
    return with(new Claimed<>(claimed.ensures(), more, claimed.given(), claimed.file()));
  }

  /** This model with one more theorem in its text form. */
  public Model<O> prove(String theorem) {
    return prove(PropertyText.<O>theorem(theorem));
  }

  /**
   * This model with every element of every input declared to be in an interval, ends included:
   * claims without a region of their own speak of it. Predictions do not check it, but refuse the
   * bytes of an image (64 or more whole numbers up to 255) where the interval ends below.
   */
  public Model<O> within(double low, double high) {
    return new Model<>(signature.within(new Region.Range(low, high)), graphs, plans, claimed);
  }

  /**
   * This model with every element of one input declared to be in an interval. @throws
   * dev.axiomml.core.error.PropertyException when no input is called so
   */
  public Model<O> within(String input, double low, double high) {
    NamedInputs.of(signature).require(input);
    Region.Range range = new Region.Range(low, high);
    return new Model<>(signature.within(input, range), graphs, plans, claimed);
  }

  /**
   * This model with an input declared to be always the same tensor, one row where it has a batch:
   * claims that do not name it speak of that. Predictions take all inputs and do not check it.
   *
   * @throws dev.axiomml.core.error.PropertyException when no input is called so
   */
  public Model<O> given(String input, Tensor tensor) {
    return given(input, new GivenValue.Array(tensor));
  }

  /** This model with every element of an input declared to be a number. */
  public Model<O> given(String input, double number) {
    return given(input, GivenValue.Uniform.of(number));
  }

  /** This model with an input declared to be always the same. */
  public Model<O> given(String input, GivenValue value) {
    NamedInputs.of(signature).require(input);
    Map<String, GivenValue> more = new LinkedHashMap<>(claimed.given());
    more.put(input, value);
    return with(new Claimed<>(claimed.ensures(), claimed.theorems(), more, claimed.file()));
  }

  /** What is declared of inputs by {@link #given(String, Tensor)}. */
  public Map<String, GivenValue> given() {
    return claimed.given();
  }

  /**
   * A theorem as it is asked of this model: with what the model declares to be given, and given
   * values as tensors of their inputs' types.
   *
   * @throws dev.axiomml.core.error.PropertyException when it names an input that is not there or
   *     gives it something of another type, leaves one of whole numbers free, or says nothing of
   *     one
   */
  public <P extends Output> Theorem<P> asked(Theorem<P> theorem) {
    return NamedInputs.of(signature).resolved(theorem, claimed.given());
  }

  /** Ready to run on a backend, standard optimisation, one thread. */
  public CompiledModel compile(BackendId backend) {
    return compile(backend, Compilation.DEFAULT);
  }

  /** Ready to run on a backend, one thread. */
  public CompiledModel compile(BackendId backend, Optimize optimize) {
    return compile(backend, Compilation.DEFAULT.at(optimize));
  }

  /** Ready to run on a backend; there is no silent fallback to another. */
  public CompiledModel compile(BackendId backend, Compilation options) {
    return CompiledModel.of(this, Backends.require(backend), options);
  }

  /**
   * Discharges every theorem and ensure with the prover on the class path. @throws ModelException
   * when there is none
   */
  public VerificationFindings verify() {
    return Prover.required().verify(this);
  }

  /**
   * This model as one whose output is a distribution. @throws ModelException when the output is
   * none, saying how to append softmax
   */
  public Model<Probabilities> asClassifier() {
    return ClassifierModels.of(this);
  }

  /** This model with a softmax over the last axis after its first output. */
  public Model<Probabilities> withSoftmax() {
    return ClassifierModels.withSoftmax(this);
  }

  /** The same network with each weight replaced by one of the same shape. */
  public Model<O> withParameters(UnaryOperator<Parameter> change) {
    return of(signature, graphs.changed(own -> GraphParameters.replaced(own, change)), claimed);
  }

  /**
   * The same network with other numbers for some weights. A weight that is used several times has
   * one name and is given once; any number may be NaN or infinite.
   *
   * @param weights by the names of {@link #parameters}, each of its weight's shape and element type
   * @throws ModelException when a name is not there, or a tensor is of another type
   */
  public Model<O> withWeights(Map<String, Tensor> weights) {
    return withParameters(GivenWeights.of(this, weights)::replaced);
  }

  /** The same claims about outputs of another kind, of graphs that are changed alike. */
  <P extends Output> Model<P> rebuilt(Signature<P> other, UnaryOperator<Graph> change) {
    return of(other, graphs.changed(change), Claimed.nothing());
  }

  /** Layers, shapes and parameter counts, a table for a person. */
  public String summary() {
    return ModelSummary.of(this);
  }

  /** The layers as a Mermaid flow chart, which Markdown pages draw; the same text each time. */
  public String toMermaid() {
    return MermaidChart.of(ModelSummary.drawing(this));
  }

  /** The layers as a picture, one SVG element; the same text each time. */
  public String toSvg() {
    return SvgPicture.of(name(), ModelSummary.drawing(this));
  }

  /** One line: name, inputs, outputs. */
  @Override
  public String toString() {
    return name() + " " + signature.inputs() + " → " + signature.outputs();
  }

  /** Whether a formula may be asked of this model; see {@link Formula}. */
  public boolean understands(Formula formula) {
    return FormulaCheck.of(signature, formula).isEmpty();
  }
}
