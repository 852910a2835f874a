package dev.axiomml.interop.onnx.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextSplitTest {
  @Test
  void white_space_parts_words_and_the_rest_keeps_its_own_between_them() {
    assertThat(new TextSplit("", 1).of("\t a \u00A0 b  c ")).containsExactly("a", "b  c");
    assertThat(new TextSplit("", Long.MAX_VALUE).of("  ")).isEmpty();
    assertThat(new TextSplit("-", Long.MAX_VALUE).of("")).containsExactly("");
  }
}
