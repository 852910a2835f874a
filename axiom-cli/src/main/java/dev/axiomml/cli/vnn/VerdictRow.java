package dev.axiomml.cli.vnn;

import java.util.Optional;

/**
 * An instance of a benchmark: a row of {@code verdicts.csv}.
 *
 * @param family the benchmark
 * @param onnx the model's file, from the folder of the table
 * @param vnnlib the query's file, likewise
 * @param timeout seconds
 * @param known what is known of the answer
 */
public record VerdictRow(
    String family, String onnx, String vnnlib, double timeout, KnownVerdict known) {
  /** A verdict that exists only where limits are read as their nearest float32. */
  private static final String ROUNDED = "cex_f32_input_1ulp";

  /** A verdict that is not settled. */
  private static final String CONFLICT = "conflict";

  /**
   * What is known of an answer.
   *
   * @param verdict {@code sat}, {@code unsat}, or anything else where none is known
   * @param evidence what stands behind it
   * @param fastest seconds of the tool that answered first, where they are known
   */
  public record KnownVerdict(String verdict, String evidence, Optional<Double> fastest) {}

  /**
   * The verdict that an answer is compared with; {@code unknown} where none is known, where tools
   * disagree, and where it belongs to another reading of the limits.
   *
   * @param nearest whether limits are read as their nearest float32
   */
  public String expected(boolean nearest) {
    boolean decided = known.verdict.equals("sat") || known.verdict.equals("unsat");
    boolean settled =
        !known.evidence.startsWith(CONFLICT) && (nearest || !known.evidence.equals(ROUNDED));
    return decided && settled ? known.verdict : "unknown";
  }
}
