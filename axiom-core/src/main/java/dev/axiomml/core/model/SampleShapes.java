package dev.axiomml.core.model;

import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of a prediction: its rows along axis 0; where every input is fixed to one row or is a
 * scalar, the whole outputs are the one sample.
 *
 * @param signature the boundary that says which
 */
public record SampleShapes(Signature<?> signature) {
  /** Whether every input is always one row or a scalar, so that no output is cut into rows. */
  public boolean isWhole() {
    return signature.inputs().stream().allMatch(SampleShapes::isOneRow);
  }

  private static boolean isOneRow(Port port) {
    return port.type().isTensor()
        && (port.type().shape().rank() == 0 || port.type().shape().dim(0).equals(Dim.ONE));
  }

  /** The shape of a port for one sample; sizes may be symbolic. */
  public Shape of(Port port) {
    Shape shape = port.type().shape();
    return shape.rank() == 0 || isWhole() ? shape : shape.with(0, Dim.ONE);
  }

  /**
   * The samples, in order; a sample whose input is unknown has the output alone, with an input of
   * no elements.
   */
  public List<Sample> of(Tensor input, Tensor output) {
    boolean open = !signature.outputs().get(0).type().isTensor();
    if (isWhole() || output.shape().rank() == 0 || (open && !isRows(input, output))) {
      return List.of(new Sample(input, output));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < output.shape().size(0); i++) {
      samples.add(new Sample(row(input, output, i), output.slice(i, i + 1)));
    }
    return samples;
  }

  /** Whether two tensors have a row for each other; the axes of an output may be open till then. */
  private static boolean isRows(Tensor input, Tensor output) {
    return input.shape().rank() > 0 && input.shape().dim(0).equals(output.shape().dim(0));
  }

  /** An input that is fixed to one row, or a scalar, is the same for all samples. */
  private Tensor row(Tensor input, Tensor output, int i) {
    if (isOneRow(signature.inputs().get(0))) {
      return input;
    }
    boolean paired = input.shape().rank() > 0 && input.shape().size(0) == output.shape().size(0);
    return paired ? input.slice(i, i + 1) : Tensor.zeros(Shape.of(1, 0));
  }
}
