package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;

/**
 * Float32 inputs element by element between two limits, ends included, and what else has to hold of
 * an input and its output to satisfy a query.
 */
public final class InputBox {
  private final float[] low;
  private final float[] high;
  private final int firstOutput;
  private final VnnCondition condition;

  /**
   * A box.
   *
   * @param firstOutput the number of the output's first element; inputs are counted from 0
   */
  InputBox(float[] low, float[] high, int firstOutput, VnnCondition condition) {
    this.low = low.clone();
    this.high = high.clone();
    this.firstOutput = firstOutput;
    this.condition = condition;
  }

  /**
   * The claim that nothing in the box satisfies the query.
   *
   * @param input the shape of one sample, its first axis of size one where it has a batch
   * @param output likewise
   */
  public <O extends Output> Theorem<O> denied(Shape input, Shape output) {
    Region region = new Region.Box(Tensor.of(input, low), Tensor.of(input, high));
    VnnFormulas formulas = new VnnFormulas(input, output, firstOutput);
    return new Theorem<>(region, new Formula.Not(formulas.of(condition)));
  }

  /** The smallest value of each input. */
  float[] low() {
    return low.clone();
  }

  /** The largest value of each input. */
  float[] high() {
    return high.clone();
  }
}
