package dev.axiomml.cli.vnn;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a query, and what stands behind it.
 *
 * @param answer the answer
 * @param why lines for a person
 * @param claims what is proved or refuted and can be checked again
 * @param witness the input that satisfies the query and its output
 */
public record VnnResult(
    VnnAnswer answer, List<String> why, List<Claim> claims, Optional<Witness> witness) {
  /** Copies the lists. */
  public VnnResult {
    why = List.copyOf(why);
    claims = List.copyOf(claims);
  }

  static VnnResult without(VnnAnswer answer, String why) {
    return new VnnResult(answer, List.of(why), List.of(), Optional.empty());
  }

  /**
   * An input and what the model's float32 program answers for it.
   *
   * @param input as the file orders it
   * @param output likewise
   */
  public record Witness(Tensor input, Tensor output) {
    /** In the form of VNN-COMP, each number exactly, in decimals. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("(");
      elements(text, "X", input);
      text.append('\n');
      elements(text, "Y", output);
      return text.append(")").toString();
    }

    private static void elements(StringBuilder text, String name, Tensor values) {
      for (int i = 0; i < values.size(); i++) {
        text.append(i == 0 ? "" : "\n").append('(').append(name).append('_').append(i).append(' ');
        text.append(number(values.doubleAt(i))).append(')');
      }
    }

    /** The shortest decimal that a reader of doubles takes for the number. */
    private static String number(double value) {
      return new BigDecimal(Double.toString(value)).toPlainString();
    }
  }
}
