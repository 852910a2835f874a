package dev.axiomml.interop.weights;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A model's parameters in PyTorch's names and layouts, and back. */
public final class ModelWeights {
  private final Map<String, ParameterLayout> layouts = new LinkedHashMap<>();
  private final Model<?> model;

  private ModelWeights(Model<?> model) {
    this.model = model;
    FeatureOrders.read(model, this::add);
  }

  /**
   * How each parameter of a model is stored by PyTorch, by name, in the order of the graph.
   *
   * @throws ModelException when a layer sees the features of a flattened image in an order that is
   *     unknown, or one name stands for two layouts
   */
  public static Map<String, ParameterLayout> layouts(Model<?> model) {
    return new ModelWeights(model).layouts;
  }

  /**
   * A model's parameters as PyTorch stores them, by name; for a model that was read of a file all
   * tensors of that, as they lay there.
   *
   * @throws ModelException when a parameter cannot be expressed in the file's terms
   */
  public static Map<String, Tensor> toFile(Model<?> model) {
    if (model.file().isKnown()) {
      return new StoredWeights(model).toFile();
    }
    Map<String, ParameterLayout> layouts = layouts(model);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      ParameterLayout layout = layouts.get(parameter.name());
      tensors.put(
          parameter.name(), java.util.Objects.requireNonNull(layout).toFile(parameter.tensor()));
    }
    return tensors;
  }

  /**
   * The model with a file's weights.
   *
   * @throws dev.axiomml.core.error.ModelImportException when names or shapes differ, with the lists
   */
  public static <O extends Output> Model<O> into(Model<O> model, StateDict file) {
    Map<String, ParameterLayout> layouts = layouts(model);
    WeightFitting best = WeightFitting.best(file.spellings(), layouts);
    best.require(file.place(), model.name());
    return model.withParameters(p -> p.with(best.tensor(p)));
  }

  private void add(Node node, FeatureOrder order) {
    for (int i = 0; i < node.in().size(); i++) {
      Optional<Parameter> weight = model.graph().parameter(node.in().get(i));
      if (weight.isPresent()) {
        ParameterLayout layout = WeightLayouts.of(node.op(), i, weight.get());
        put(weight.get().name(), reordered(node, layout, order));
      }
    }
  }

  /** A dense layer's rows, and whatever else has one number a feature, follow the image's order. */
  private ParameterLayout reordered(Node node, ParameterLayout layout, FeatureOrder order) {
    boolean bias = node.op() instanceof Dense && layout.ours().rank() == 1;
    if (bias || layout.ours().rank() == 0) {
      return layout;
    }
    if (order instanceof FeatureOrder.Lost lost) {
      throw lost(node, lost);
    }
    boolean whole = layout.ours().rank() == node.inTypes().get(0).shape().rank() - 1;
    if (order instanceof FeatureOrder.Image && whole && FeatureOrders.isFree(node.op())) {
      return ParameterLayout.image(layout.ours());
    }
    boolean each =
        order instanceof FeatureOrder.Flat flat
            && layout.ours().dim(0).equals(flat.image().volume());
    return each ? layout.flattened(0, ((FeatureOrder.Flat) order).image()) : layout;
  }

  private ModelException lost(Node node, FeatureOrder.Lost lost) {
    return new ModelException(
        new Diagnosis(
            "the order of the features that " + node.name() + " sees",
            "model " + model.name() + " › " + lost.node(),
            lost.why(),
            "put a global pooling before flatten, or join before flattening; or export the network"
                + " itself: torch.export.save, then PyTorch.load"));
  }

  private void put(String name, ParameterLayout layout) {
    ParameterLayout before = layouts.putIfAbsent(name, layout);
    if (before != null && !before.stored().equals(layout.stored())) {
      throw new ModelException(
          new Diagnosis(
              "parameter " + name + " is used in two layouts",
              "model " + model.name(),
              "PyTorch would store it as " + before.stored() + " and as " + layout.stored(),
              "give the two uses different names"));
    }
  }
}
