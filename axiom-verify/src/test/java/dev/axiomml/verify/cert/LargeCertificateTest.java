package dev.axiomml.verify.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.check.CheckLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates as large as a search can make them, in little memory. */
class LargeCertificateTest {
  private static Model<Output> model() {
    return Nets.relus(3, 2, 4, 2);
  }

  private static ProofLine balanced(int depth) {
    ProofLine.Writer line = new ProofLine.Writer();
    balanced(line, depth, new float[] {0, 0}, new float[] {1, 1});
    return line.done();
  }

  /** Halves the unit square, one side after the other. */
  private static void balanced(ProofLine.Writer line, int depth, float[] lo, float[] hi) {
    if (depth == 0) {
      line.leaf(ProofMethod.LINEAR);
      return;
    }
    int side = depth % 2;
    float middle = (lo[side] + hi[side]) / 2;
    line.cut(0, side, middle);
    float[] low = hi.clone();
    float[] high = lo.clone();
    low[side] = middle;
    high[side] = middle;
    balanced(line, depth - 1, lo, low);
    balanced(line, depth - 1, high, hi);
  }

  private static Certificate certificate(ProofLine line) {
    Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [0,1]. output[0] <= 1e9");
    Proof proof = new Proof(theorem, ProofSemantics.FLOAT32, line);
    Verdict verdict = new Verdict.Proved("test");
    return Certificate.of(model(), List.of(new Claim(theorem, verdict, Optional.of(proof), 0, 0)));
  }

  /** Reads a certificate and begins to check it; run in a machine of its own. */
  public static void main(String[] path) {
    Certificate read = Certificate.load(Path.of(path[0]));
    CheckLimits limits = new CheckLimits(10_000, Long.MAX_VALUE, () -> false);
    System.out.println(read.check(model(), limits).outcome());
  }

  @Test
  void a_certificate_of_some_twenty_megabytes_is_read_in_a_heap_of_128(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("large.json");
    certificate(balanced(20)).save(file);
    assertThat(file.toFile().length()).isGreaterThan(15_000_000);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeCertificateTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("UNFINISHED");
  }

  @Test
  void a_line_is_read_as_it_was_written() {
    ProofLine line = balanced(12);
    assertThat(line.leaves()).isEqualTo(4096);
    ProofLine read =
        ProofLine.parse(line.toString().getBytes(StandardCharsets.US_ASCII), "a place");
    assertThat(read).isEqualTo(line);
    assertThat(read.leaves()).isEqualTo(4096);
    assertThat(line.single()).isEmpty();
  }

  @Test
  void a_file_of_many_small_values_is_refused() {
    String good = Certificate.of(model(), List.of()).toJson();
    String many = good.replace("\"claims\" : [ ]", "\"claims\" : [ " + "1,".repeat(300_000) + "1]");
    assertThat(many).isNotEqualTo(good);
    assertThatThrownBy(() -> Certificate.parse(many))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("262144");
  }
}
