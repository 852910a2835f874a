package dev.axiomml.interop.pytorch.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.file.LocatedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  private static Dim size(String text) {
    return SymbolicSizes.of(
        new LocatedJson(TextNode.valueOf(text), new FilePlace("model.pt2")), Dim::symbol);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7",
        "2*3 + 1 | 7",
        "-(2 - 5) | 3",
        "9//2 | 4",
        "2**8 | 256",
        "Add(Mul(Integer(2), Integer(3)), Integer(1)) | 7",
      })
  void numbers_are_computed(String text, long value) {
    assertThat(size(text)).isEqualTo(Dim.of(value));
  }

  @Test
  void symbols_are_kept() {
    Dim half = Dim.symbol("s0").floorDiv(Dim.of(2)).plus(Dim.ONE);
    assertThat(size("s0//2 + 1")).isEqualTo(half);
    assertThat(size("Symbol('s0', integer=True, positive=True)")).isEqualTo(Dim.symbol("s0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2*",
        "Symbol('3s1')",
        "99999999999999999999",
        "2**9",
        "2**-1",
        "2**s0",
        "s0//0",
        "Max(s0, 1)",
        "s0 ? 1",
      })
  void anything_else_is_refused(String text) {
    refused(text);
  }

  @Test
  void depth_and_length_are_limited() {
    refused("(".repeat(1000) + "1" + ")".repeat(1000));
    refused("-".repeat(1000) + "1");
    refused("1" + "+1".repeat(100_000));
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> size(text))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("size expression");
  }
}
