package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens as ONNX Runtime makes them: the longest matches from left to right. */
class TokensTest {
  private static final Tensor TEXTS =
      Tensor.ofTexts(Shape.of(2, 2), "the quick, brown fox", "", "aab ababa", "été ж x");

  @TempDir Path folder;

  private Tensor alone(Tensor x, AttributeProto... settings) {
    return Nodes.of()
        .input("x", x.type())
        .foreign("com.microsoft", "Tokenizer", "y < x", settings)
        .run(folder, x)
        .tensor();
  }

  private Tensor run(Tensor x, AttributeProto... settings) throws Exception {
    Tensor y = alone(x, settings);
    assertThat(OtherRuntime.run(Nodes.file(folder), List.of(x)).get(0)).isEqualTo(y);
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "'[a-zA-Z0-9_]+', 1, 0",
    "'[a-zA-Z0-9_]+', 3, 0",
    "'[a-z]+', 1, 1",
    "a|ab|aab, 1, 0",
    "(ab)*, 1, 0",
    "., 1, 1",
    "'^.', 1, 0",
    "z, 1, 0",
    "z, 1, 1"
  })
  void tokens_match_an_expression(String expression, int least, int mark) throws Exception {
    run(
        TEXTS,
        text("tokenexp", expression),
        whole("mincharnum", least),
        whole("mark", mark),
        text("pad_value", "#"));
  }

  @Test
  void a_separator_of_nothing_makes_code_points() {
    Tensor y =
        alone( // ONNX Runtime's Java does not pass on code points of four bytes
            Tensor.ofTexts(Shape.of(2), "a😀", "é"),
            texts("separators", ""),
            whole("mincharnum", 1),
            whole("mark", 0),
            text("pad_value", "?"));
    assertThat(y).isEqualTo(Tensor.ofTexts(Shape.of(2, 2), "a", "😀", "é", "?"));
  }

  private void refused(String what, AttributeProto... settings) {
    AttributeProto[] usual = {
      whole("mincharnum", 1), whole("mark", 0), text("pad_value", "#"), text("tokenexp", "a")
    };
    List<String> stated = Stream.of(settings).map(AttributeProto::getName).toList();
    AttributeProto[] all =
        Stream.concat(
                Stream.of(settings),
                Stream.of(usual).filter(attribute -> !stated.contains(attribute.getName())))
            .filter(
                attribute ->
                    attribute.hasI() || attribute.hasS() || !attribute.getStringsList().isEmpty())
            .toArray(AttributeProto[]::new);
    assertThatThrownBy(() -> alone(TEXTS, all))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(what);
  }

  @Test
  void settings_that_do_not_fit_are_named() {
    refused("mincharnum 0", whole("mincharnum", 0));
    refused("without pad_value", texts("pad_value"));
    refused("separators [ , -]", texts("separators", " ", "-"), text("tokenexp", ""));
    refused("1 separators and tokenexp \"a\"", texts("separators", " "));
    refused("unsupported Perl syntax: `(?=`", text("tokenexp", "(?=a)"));
  }
}
