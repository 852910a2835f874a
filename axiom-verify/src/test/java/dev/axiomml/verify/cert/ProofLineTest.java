package dev.axiomml.verify.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.verify.cert.ProofCursor.Elements;
import dev.axiomml.verify.cert.ProofCursor.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofLineTest {
  private static ProofLine read(String text) {
    return ProofLine.parse(text.getBytes(StandardCharsets.ISO_8859_1), "a place");
  }

  private static ProofLine written() {
    ProofLine.Writer to = new ProofLine.Writer();
    to.hinges(List.of(new Elements(4, List.of(0, 7)), new Elements(6, List.of(2))));
    to.part(1);
    to.sides(2);
    to.weighted(new byte[] {0, (byte) 128, 5}, new float[] {1.5f});
    to.weighted(new byte[] {1, 2, 3}, new float[] {0});
    to.clip(List.of(new ClippedInterval(0, 3, 16, 3), new ClippedInterval(1, 12, 0, 255)));
    to.cut(0, 3, 0.5f);
    to.leaf(ProofMethod.LINEAR);
    to.leaf(ProofMethod.INTERVAL);
    return to.done();
  }

  @Test
  void a_line_is_read_as_it_was_written() {
    ProofLine line = written();
    assertThat(line.toString())
        .isEqualTo(
            "H4:0,7;6:2 &1 h2 M008005:3fc00000 M010203:00000000 C0.3:1003,1.12:00ff 0.3@3f000000 L"
                + " I");
    ProofLine again = read(line.toString());
    assertThat(again).isEqualTo(line);
    assertThat(again.leaves()).isEqualTo(4);
  }

  @Test
  void a_cursor_tells_what_each_node_says() {
    ProofCursor at = written().cursor();
    at.next();
    assertThat(at.is()).isEqualTo(Kind.HINGES);
    assertThat(at.hinges())
        .containsExactly(new Elements(4, List.of(0, 7)), new Elements(6, List.of(2)));
    at.next();
    assertThat(at.element()).isEqualTo(1);
    at.next();
    at.next();
    assertThat(at.is()).isEqualTo(Kind.WEIGHTED);
    assertThat(at.slopes()).containsExactly(0, 128, 5);
    assertThat(at.weights()).containsExactly(1.5f);
    at.skip();
    at.skip();
    assertThatThrownBy(at::next).isInstanceOf(CertificateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "C",
        "C C",
        "&",
        "&1 L",
        "&-1 L L",
        "&01 L L",
        "H L",
        "H4 L",
        "H4: L",
        "H4:1, L",
        "H4:1;",
        "H4:1; L",
        "h",
        "h1 L",
        "hx L L",
        "M",
        "M00",
        "M0:",
        "M81:",
        "Mff:",
        "M00:3f",
        "M00:7f800000",
        "M00:7fc00000",
        "M00:bf800000",
        "M:3f800000 L",
        "L L",
        "C L L",
        " L",
        "L ",
        "C  L",
        "Q",
        "0.0@7f800000 L L",
        "m00:",
        "CC L"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(CertificateException.class);
  }
}
