package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = Wx + b}, one output, any number of inputs.
 *
 * <p>A member states its shape rule and its loop nests. Run, adjoint, absolute image, intervals,
 * linear bounds, solver rows, rounding margin and gradients follow from them. Inputs are float
 * tensors of one type; a {@link MoveOp} takes any type.
 */
public non-sealed interface AffineOp extends Op {
  /** The output's shape. */
  Shape out(List<Shape> in);

  /**
   * The products that an operand is part of: the operand is the first factor, {@link #coefficients}
   * the second. Shapes are fixed here.
   */
  List<LoopNest> nests(int operand, List<Shape> in);

  /** The weight, where it is a parameter. */
  default Optional<Parameter> weight() {
    return Optional.empty();
  }

  /** The bias, where it is a parameter. */
  default Optional<Parameter> bias() {
    return Optional.empty();
  }

  /** The second factor of the nests: the weight, or numbers that follow from the shapes. */
  default Tensor coefficients(List<Shape> in) {
    return weight().map(Parameter::tensor).orElse(Tensor.zeros(Shape.of(0)));
  }

  /** What is added at the end, broadcast to the output from the right; empty for nothing. */
  default Optional<Tensor> offset(List<Shape> in) {
    return bias().map(Parameter::tensor);
  }

  /**
   * Roundings that an execution may make beyond one a product and one a sum: 0 where the
   * coefficients are exact float32 numbers, 2 where they are the nearest to real numbers such as
   * 1/9. Where it is not 0 an execution may also add the elements first and divide at the end.
   */
  default int extraRoundings() {
    return 0;
  }

  @Override
  default List<Type> infer(List<Type> in) {
    return List.of(Type.of(out(FamilyTypes.shapes(in)), FamilyTypes.floats(this, in)));
  }

  @Override
  default List<Parameter> parameters() {
    return java.util.stream.Stream.of(weight(), bias()).flatMap(Optional::stream).toList();
  }
}
