package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of the fuzzer of certificates. */
class CertificateFuzzTest {
  @Test
  void changed_certificates_establish_nothing_false() {
    assertThat(CertificateFuzz.run(1, RunLength.ofCases(2_000))).isEqualTo(2_000);
  }
}
