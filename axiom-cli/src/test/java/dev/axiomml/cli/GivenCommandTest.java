package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims about a detector of four inputs, of which a rate and a state are given. */
class GivenCommandTest {
  private static final String CLAIM =
      "∀x ∈ [-1, 1] with gain in [0.5, 2], state = 0, sr = 16000. output[0] <= ";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int axiom(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private static String detector() {
    return Needs.repositoryRoot().resolve("examples/models/detector.onnx").toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private int verify(String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    all[0] = "verify";
    all[1] = detector();
    all[2] = "--timeout";
    all[3] = "5";
    return axiom(all);
  }

  @Test
  void a_claim_says_of_each_input_where_it_is_and_its_certificate_needs_nothing_else() {
    assertThat(verify("--prove", CLAIM + "0.8", "--certificate", at("c.json"))).isZero();
    assertThat(out.toString())
        .contains("PROVED   ∀x ∈ [-1, 1] with gain in [0.5, 2], state = 0, sr = 16000. ")
        .contains("of exactly one row, as state is given for one")
        .contains("x in [-1, 1] of 1×8, gain in [0.5, 2] of scalar, with state = 0 everywhere in");
    assertThat(axiom("check-certificate", at("c.json"), detector())).isZero();
    assertThat(out.toString()).contains("gain scalar, its element in [0.5, 2.0]; with state = 0");
  }

  @Test
  void options_declare_what_claims_do_not_say() {
    Npy.write(Tensor.zeros(Shape.of(2, 1, 4)), folder.resolve("state.npy"));
    String given = "sr = 8000, state = @" + at("state.npy");
    String domain = "x in [-1,1], gain in [0.5,2]";
    assertThat(verify("--ensure", "output[0] <= 0.9", "--given", given, "--domain", domain))
        .isZero();
    assertThat(out.toString())
        .contains("with state = state.npy (float32 2×1×4, sha-256 66687aadf862bd77…), sr = 8000");
    assertThat(verify("--prove", "output[0] <= 0.1", "--given", given, "--domain", domain))
        .isEqualTo(1);
    assertThat(out.toString()).contains("gain    [").contains("sr      [8000]");
  }

  @Test
  void samples_are_of_the_input_that_is_left() {
    Npy.write(Tensor.random(Shape.of(9, 8), 4, -1, 1), folder.resolve("x.npy"));
    String given = "sr = 8000, state = 0, gain = 1";
    String near = "local_lipschitz(0.01, 0.5)";
    assertThat(verify("--ensure", near, "--given", given, "--data", at("x.npy"))).isZero();
    assertThat(out.toString())
        .contains("around the 9 samples of x.npy (sha-256 ")
        .contains(", with state = 0 everywhere in float32 2×1×4, gain = 1, sr = 8000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prove | ∀x ∈ [0, 1] with gain = 1, state = 0. no_nan(output) | input sr is int64 scalar"
            + " and free",
        "--prove | ∀x with gain = 1, state = 0, sr = 1. no_nan(output) | input x is neither given",
        "--prove | no_nan(output) with rate = 1 | no input is called \"rate\"",
        "--prove | no_nan(output) with sr = 0.5 | input sr is given as 0.5",
        "--prove | no_nan(output) with state = @none.npy | cannot read none.npy",
        "--prove | no_nan(output) with sr | = or in",
        "--given | sr in [0, 1] | --given sr in [0, 1]",
        "--given | rate = 1 | no input is called \"rate\"",
        "--domain | gain = 1, x in [0, 1] | --domain gain = 1",
        "--domain | gain in [2, 1] | low ≤ high",
        "--domain | volume in [0, 1] | no input is called \"volume\"",
        "--domain | 0..1 | --domain 0..1"
      })
  void what_does_not_fit_is_refused_in_four_parts(String option, String text, String what) {
    int exit =
        option.equals("--prove")
            ? verify(option, text)
            : verify("--prove", CLAIM + "1", option, text);
    assertThat(exit).isEqualTo(64);
    assertThat(err.toString()).contains(what, "where: ", "why:   ", "fix:   ");
  }

  @Test
  void a_state_of_several_samples_is_refused() {
    Npy.write(Tensor.zeros(Shape.of(2, 3, 4)), folder.resolve("state.npy"));
    String text =
        "∀x ∈ [0, 1] with gain = 1, sr = 1, state = @" + at("state.npy") + ". no_nan(output)";
    assertThat(verify("--prove", text)).isEqualTo(64);
    assertThat(err.toString())
        .contains(
            "input state is given as float32 2×3×4", "a claim speaks of one row of the batch");
  }
}
