package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextRulesTest {
  private static final Tensor WORDS = words("Monday", "tuesday", "İSTANBUL", "monday");

  @TempDir Path folder;

  private static Tensor words(String... texts) {
    return Tensor.ofTexts(Shape.of(texts.length), texts);
  }

  /** The first output, after a comparison of it with ONNX Runtime's. */
  private Tensor run(String op, Tensor x, AttributeProto... settings) throws Exception {
    String names = op.equals("StringSplit") ? "y z < x" : "y < x";
    Tensor y = Nodes.of().input("x", x.type()).node(op, names, settings).run(folder, x).tensor();
    assertThat(OtherRuntime.run(Nodes.file(folder), List.of(x)).get(0)).isEqualTo(y);
    return y;
  }

  @Test
  void words_are_left_out_and_written_in_one_case() throws Exception {
    AttributeProto stop = texts("stopwords", "monday");
    AttributeProto plain = text("locale", "C"); // the others need a package of the machine
    AttributeProto upper = text("case_change_action", "UPPER");
    assertThat(run("StringNormalizer", words("Monday", "tuesday", "monday"), stop, upper, plain))
        .isEqualTo(words("TUESDAY"));
    assertThat(
            run(
                "StringNormalizer",
                words("Monday", "tuesday", "monday"),
                stop,
                plain,
                whole("is_case_sensitive", 1)))
        .isEqualTo(words("Monday", "tuesday"));
  }

  @Test
  void nothing_left_is_one_empty_text() throws Exception {
    Tensor row = words("a", "a").reshape(Shape.of(1, 2));
    assertThat(run("StringNormalizer", row, texts("stopwords", "a"), text("locale", "C")))
        .isEqualTo(Tensor.ofTexts(Shape.of(1, 1), ""));
  }

  @Test
  void small_letters_are_those_of_the_locale() {
    Tensor y =
        Nodes.of()
            .input("x", WORDS.type())
            .node(
                "StringNormalizer",
                "y < x",
                text("locale", "tr_TR.UTF-8"),
                text("case_change_action", "LOWER"))
            .run(folder, WORDS)
            .tensor();
    assertThat(y.textAt(2)).isEqualTo("istanbul");
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "'', 1", "',', ''", "',', 1", "'x,', ''"})
  void a_text_is_split_as_often_as_told(String delimiter, String most) throws Exception {
    Tensor x = Tensor.ofTexts(Shape.of(2, 3), "a,b,,c", " a  b c ", "", "a x, b", ",", "one");
    List<AttributeProto> settings = new ArrayList<>(List.of(text("delimiter", delimiter)));
    if (!most.isEmpty()) {
      settings.add(whole("maxsplit", Long.parseLong(most)));
    }
    run("StringSplit", x, settings.toArray(AttributeProto[]::new));
  }

  @Test
  void texts_are_joined_with_their_shapes_matched() {
    Tensor b = words("x", "y");
    Tensor a = words("1", "2", "3").reshape(Shape.of(3, 1));
    Tensor y =
        Nodes.of()
            .input("a", Type.of(Shape.of(Dim.symbol("N"), Dim.ONE), DType.STRING))
            .input("b", b.type())
            .node("StringConcat", "y < a b")
            .run(folder, a, b)
            .tensor();
    assertThat(y).isEqualTo(Tensor.ofTexts(Shape.of(3, 2), "1x", "1y", "2x", "2y", "3x", "3y"));
  }

  @Test
  void a_pattern_that_is_not_read_is_refused_by_name() {
    assertThatThrownBy(() -> run("RegexFullMatch", WORDS, text("pattern", "(?=a)b")))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("unsupported Perl syntax: `(?=`");
    assertThatThrownBy(() -> run("RegexFullMatch", WORDS))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("without pattern");
  }

  @Test
  void whole_texts_match() throws Exception {
    Tensor y = run("RegexFullMatch", WORDS, text("pattern", "(?i)mon[a-e]a.|tues.*"));
    assertThat(y.toLongs()).containsExactly(1, 1, 0, 1);
  }

  private static AttributeProto[] ngrams(String mode, AttributeProto... more) {
    List<AttributeProto> all = new ArrayList<>();
    all.addAll(List.of(more));
    List<String> stated = all.stream().map(AttributeProto::getName).toList();
    Stream.of(
            text("mode", mode),
            whole("min_gram_length", 1),
            whole("max_gram_length", 2),
            whole("max_skip_count", 2),
            wholes("ngram_counts", 0, 3),
            wholes("ngram_indexes", 0, 1, 2, 4, 3),
            wholes("pool_int64s", 2, 3, 5, 5, 2, 3, 5))
        .filter(attribute -> !stated.contains(attribute.getName()))
        .forEach(all::add);
    return all.toArray(AttributeProto[]::new);
  }

  @ParameterizedTest
  @CsvSource({"TF", "IDF", "TFIDF"})
  void n_grams_are_counted_and_weighted(String mode) throws Exception {
    Tensor x = Tensor.ofLongs(Shape.of(2, 6), 2, 3, 5, 2, 3, 5, 5, 5, 2, 7, 3, 2);
    run("TfIdfVectorizer", x, ngrams(mode));
    run("TfIdfVectorizer", x, ngrams(mode, floats("weights", 1, 2, 3, 0.5f, 0.5f)));
    run(
        "TfIdfVectorizer",
        x,
        ngrams(mode, whole("min_gram_length", 2), whole("max_skip_count", 0)));
    run("TfIdfVectorizer", x, ngrams(mode, whole("max_gram_length", 1)));
  }

  @Test
  void texts_have_n_grams_too() throws Exception {
    Tensor y =
        run(
            "TfIdfVectorizer",
            words("a", "b", "a", "b"),
            text("mode", "TF"),
            whole("min_gram_length", 1),
            whole("max_gram_length", 2),
            whole("max_skip_count", 0),
            wholes("ngram_counts", 0, 1),
            wholes("ngram_indexes", 0, 1),
            texts("pool_strings", "b", "a", "b"));
    assertThat(y.toFloats()).containsExactly(2, 2);
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("mode", text("mode", "BM25")),
        Arguments.of("min_gram_length", whole("min_gram_length", 0)),
        Arguments.of("min_gram_length", whole("min_gram_length", 3)),
        Arguments.of("max_skip_count", whole("max_skip_count", -1)),
        Arguments.of("ngram_counts", wholes("ngram_counts", 0)),
        Arguments.of("ngram_counts", wholes("ngram_counts", 1, 3)),
        Arguments.of("ngram_counts", wholes("ngram_counts", 0, 2)),
        Arguments.of("ngram_counts", wholes("ngram_counts", 3, 0)),
        Arguments.of("ngram_counts", wholes("ngram_counts", 0, 99)),
        Arguments.of("ngram_indexes", wholes("ngram_indexes")),
        Arguments.of("ngram_indexes", wholes("ngram_indexes", 0, 1, 2, 3, -1)),
        Arguments.of("ngram_indexes", wholes("ngram_indexes", 0, 1, 2, 3, 1L << 30)),
        Arguments.of("ngram_indexes", wholes("ngram_indexes", 0, 1, 2, 3, 4, 5)),
        Arguments.of("weights", floats("weights", 1, 2)),
        Arguments.of("weights", floats("weights", 1, 2, 3, 4, 5)),
        Arguments.of("pool_int64s", wholes("pool_int64s")),
        Arguments.of("twice", wholes("pool_int64s", 2, 2, 5, 5, 2, 3, 5)),
        Arguments.of("pool_strings", texts("pool_strings", "a")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void settings_that_do_not_fit_are_named(String attribute, AttributeProto wrong) {
    Tensor x = Tensor.ofLongs(Shape.of(2), 2, 3);
    assertThatThrownBy(() -> run("TfIdfVectorizer", x, ngrams("TFIDF", wrong)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(attribute);
  }

  private static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("StringNormalizer", "case_change_action", text("case_change_action", "TITLE")),
        Arguments.of("StringNormalizer", "locale", text("locale", "no locale!")),
        Arguments.of("StringSplit", "maxsplit", whole("maxsplit", -1)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void other_settings_are_named_too(String op, String attribute, AttributeProto wrong) {
    assertThatThrownBy(() -> run(op, WORDS, wrong))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(attribute);
  }
}
