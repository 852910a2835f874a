package dev.axiomml.dsl;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.ParameterNaming;
import dev.axiomml.dsl.recipe.RecipeStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Runs a case through the words of the DSL: layouts in, PyTorch's weights in, layout out. */
public final class Drive {
  private Drive() {}

  /** (N, C, spatial…) as images and the like; a vector where there are no spatial axes. */
  static Tensor channelsFirst(Case c, Function<RealFlow<?>, Flow<?>> body) {
    Tensor y = run(c, List.of(toLast(c.input(0))), in -> body.apply(in.get(0)));
    return toFirst(y);
  }

  /** (N, …, features) as it is. */
  static Tensor plain(Case c, Function<List<RealFlow<?>>, Flow<?>> body) {
    List<Tensor> inputs = IntStream.range(0, c.inputs()).mapToObj(c::input).toList();
    return run(c, inputs, body);
  }

  static Tensor run(Case c, List<Tensor> inputs, Function<List<RealFlow<?>>, Flow<?>> body) {
    ModelOutline outline = Axiom.model(c.name());
    List<RealFlow<?>> starts = new java.util.ArrayList<>();
    inputs.forEach(input -> starts.add(start(outline, input.shape())));
    Flow<?> end = body.apply(starts);
    return weighted(end, c.params()).predictAll(inputs).get(0);
  }

  private static RealFlow<?> start(ModelOutline outline, Shape s) {
    return switch (s.rank()) {
      case 2 -> outline.<VectorFlow>input(Dsl.vector(s.size(1)));
      case 3 -> outline.<SequenceFlow>input(Dsl.sequence(s.size(1), s.size(2)));
      case 4 -> outline.<ImageFlow>input(Dsl.image(s.size(1), s.size(2), s.size(3)));
      default -> outline.<VolumeFlow>input(Dsl.volume(s.size(1), s.size(2), s.size(3), s.size(4)));
    };
  }

  /** The model that ends here with PyTorch's weights; every one of them must find its place. */
  public static Model<Output> weighted(Flow<?> end, Map<String, Tensor> params) {
    Map<String, List<Integer>> layouts = new HashMap<>();
    List<RecipeStep> steps = RecipeStep.needed(List.of(end.spot()));
    Map<RecipeStep, String> names = ParameterNaming.of("", steps);
    for (RecipeStep step : steps) {
      if (step.content() instanceof OperatorPart part) {
        part.weights().forEach(w -> layouts.put(w.name(names.get(step)), w.torch()));
      }
    }
    Model<Output> model = end.output().build();
    Set<String> open = new HashSet<>(params.keySet());
    Model<Output> loaded =
        model.withParameters(
            p -> {
              String name = local(p.name(), params);
              open.remove(name);
              return p.with(placed(p, layouts.get(p.name()), params.get(name)));
            });
    if (!open.isEmpty()) {
      throw new AssertionError("weights without a place: " + open);
    }
    return loaded;
  }

  /** The longest known name that a parameter's path ends with. */
  private static String local(String path, Map<String, Tensor> params) {
    String rest = path;
    while (!params.containsKey(rest)) {
      int dot = rest.indexOf('.');
      if (dot < 0) {
        throw new AssertionError(path + " is not among " + params.keySet());
      }
      rest = rest.substring(dot + 1);
    }
    return rest;
  }

  private static Tensor placed(Parameter p, List<Integer> torch, Tensor given) {
    Objects.requireNonNull(torch, p.name());
    int[] back = new int[torch.size()];
    for (int axis = 0; axis < back.length; axis++) {
      back[torch.get(axis)] = axis;
    }
    return Objects.requireNonNull(given, p.name()).permute(back);
  }

  /** An operator without weights on the first input, as it is. */
  static Tensor op(Case c, Op op) {
    return Functions.run(op, c.input(0));
  }

  /** An operator without weights on the first input, channels moved last and back. */
  static Tensor opLast(Case c, Op op) {
    return toFirst(Functions.run(op, toLast(c.input(0))));
  }

  public static Tensor toLast(Tensor x) {
    int rank = x.shape().rank();
    int[] order = new int[rank];
    for (int i = 1; i < rank - 1; i++) {
      order[i] = i + 1;
    }
    order[rank - 1] = 1;
    return rank < 3 ? x : x.permute(order);
  }

  static Tensor toFirst(Tensor y) {
    int rank = y.shape().rank();
    int[] order = new int[rank];
    for (int i = 2; i < rank; i++) {
      order[i] = i - 1;
    }
    if (rank > 1) {
      order[1] = rank - 1;
    }
    return rank < 3 ? y : y.permute(order);
  }
}
