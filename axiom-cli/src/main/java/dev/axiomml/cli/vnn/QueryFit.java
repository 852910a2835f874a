package dev.axiomml.cli.vnn;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.vnnlib.VnnQuery;
import dev.axiomml.interop.vnnlib.VnnTensor;
import java.util.List;

/**
 * The tensors of a query beside those of a model.
 *
 * @param input the shape of one sample, its first axis of size one where it has a batch
 * @param output likewise
 */
record QueryFit(Shape input, Shape output) {
  /** The fit of both. @throws PropertyException where the query is about another model */
  static QueryFit of(Model<?> model, VnnQuery query) {
    List<Port> inputs = model.signature().inputs();
    requireOne(model, "input", inputs);
    requireOne(model, "output", model.signature().outputs());
    Type input = sample(model, inputs.get(0));
    Type output = model.inference(List.of(input)).outputs().get(0).type();
    requireAlike(model, "input", query.input(), input);
    requireAlike(model, "output", query.output(), output);
    return new QueryFit(input.shape(), output.shape());
  }

  private static void requireOne(Model<?> model, String side, List<Port> ports) {
    if (ports.size() != 1) {
      throw misfit(
          "a query of one " + side + " for a model of " + ports.size() + " " + side + "s",
          model,
          "a query declares each " + side + " of its network",
          "ask about a model with one " + side);
    }
  }

  private static Type sample(Model<?> model, Port port) {
    Type type = port.type();
    if (!type.isTensor()) {
      throw misfit("an input of " + type, model, "a query is about tensors", "export it again");
    }
    Shape shape = type.shape();
    String batch = shape.rank() > 0 && !shape.dim(0).isFixed() ? shape.dim(0).toString() : "";
    Shape one = shape.bind(name -> name.equals(batch) ? Dim.ONE : Dim.symbol(name));
    if (!one.isFixed()) {
      throw misfit(
          "an input of open sizes " + shape,
          model,
          "a query speaks of a fixed number of elements",
          "say the sizes: --input-shape 1,3,32,32");
    }
    return Type.of(one, type.dtype());
  }

  private static void requireAlike(Model<?> model, String side, VnnTensor declared, Type type) {
    boolean typed =
        declared.elementType().equals("real")
            || declared.elementType().equals(type.dtype().toString());
    if (!typed || !type.shape().isFixed() || declared.size() != type.shape().count()) {
      throw misfit(
          "the query's " + declared + " for the model's " + side + " of " + type,
          model,
          "a query declares the tensors of its model, of the same type and number of elements",
          "take the query that belongs to the model; axiom summary shows its tensors");
    }
    List<Integer> long1 = declared.shape().stream().filter(size -> size > 1).toList();
    List<Integer> long2 =
        java.util.Arrays.stream(type.shape().sizes()).filter(size -> size > 1).boxed().toList();
    if (long1.size() > 1 && !long1.equals(long2)) {
      throw misfit(
          "the query's " + declared + " for the model's " + side + " of " + type,
          model,
          "axes of more than one element are the same in both",
          "declare " + declared.name() + " with the sizes of the model's " + side);
    }
  }

  private static PropertyException misfit(String what, Model<?> model, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "model " + model.name(), why, fix));
  }
}
