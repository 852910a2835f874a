package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A question in VNN-LIB: is there an input of which all that is asserted holds?
 *
 * <p>What is asserted is the negation of what somebody wants to be so: an input that satisfies it
 * is a counterexample. Numbers are exact.
 */
public final class VnnQuery {
  private final String file;
  private final List<VnnNetwork> networks;
  private final VnnCondition asserted;

  VnnQuery(String file, List<VnnNetwork> networks, VnnCondition asserted) {
    this.file = file;
    this.networks = List.copyOf(networks);
    this.asserted = asserted;
  }

  /** The networks that it speaks of, in order. */
  public List<VnnNetwork> networks() {
    return networks;
  }

  /** The name of its file. */
  String file() {
    return file;
  }

  /** What is asserted. */
  VnnCondition asserted() {
    return asserted;
  }

  /**
   * Why it cannot be asked of one network with one input and one output; empty where it can, which
   * is what {@link #boxes} wants.
   */
  public Optional<String> obstacle() {
    List<String> found = new ArrayList<>();
    VnnNetwork network = networks.get(0);
    if (networks.size() > 1) {
      found.add(networks.size() + " networks");
    }
    if (network.inputs().size() > 1) {
      found.add(network.inputs().size() + " inputs");
    }
    if (network.outputs().size() > 1) {
      found.add(network.outputs().size() + " outputs");
    }
    if (!network.hidden().isEmpty()) {
      found.add("hidden values");
    }
    if (network.inputs().get(0).initialized()) {
      found.add("an input that the file initializes");
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the query has "
                + String.join(" and ", found)
                + "; what is asked of one network with one input and one output can be decided");
  }

  /** Its only input. */
  public VnnTensor input() {
    return networks.get(0).inputs().get(0);
  }

  /** Its only output. */
  public VnnTensor output() {
    return networks.get(0).outputs().get(0);
  }

  /**
   * The query as boxes of float32 inputs, each with what has to hold in it.
   *
   * @throws dev.axiomml.core.error.PropertyException where an input has no limit
   */
  public InputBoxes boxes(InputRounding rounding) {
    return new BoxExpansion(this, rounding).boxes();
  }

  /**
   * Whether an input and its output satisfy all that is asserted, in exact arithmetic; not where an
   * element of the output is NaN or infinite.
   *
   * <p>This reads what stands in the file, not the boxes that were made of it.
   *
   * @param x float32, row by row
   * @param y likewise
   */
  public boolean isSatisfiedBy(Tensor x, Tensor y, InputRounding rounding) {
    IntFunction<BigDecimal> values =
        e ->
            new BigDecimal(
                input().holds(e)
                    ? x.doubleAt(e - input().first())
                    : y.doubleAt(e - output().first()));
    return isFinite(y) && asserted.holds(comparison -> holds(comparison, values, rounding));
  }

  private boolean holds(
      VnnCondition.Comparison comparison, IntFunction<BigDecimal> values, InputRounding rounding) {
    boolean rounds = rounding == InputRounding.NEAREST && comparison.isOfOne(input());
    if (rounds && comparison.relation() != VnnCondition.Relation.NE) {
      float value = values.apply(comparison.sum().elements()[0]).floatValue();
      return rounding.low(comparison) <= value && value <= rounding.high(comparison);
    }
    BigDecimal sum = comparison.sum().value(values);
    return comparison.relation().holds(sum.compareTo(comparison.bound()));
  }

  private static boolean isFinite(Tensor y) {
    boolean finite = true;
    for (int i = 0; i < y.size(); i++) {
      finite &= Double.isFinite(y.doubleAt(i));
    }
    return finite;
  }
}
