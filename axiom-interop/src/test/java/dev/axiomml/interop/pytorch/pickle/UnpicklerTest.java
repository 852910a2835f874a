package dev.axiomml.interop.pytorch.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of every protocol become values, and nothing in them is ever called. */
class UnpicklerTest {
  private static final FilePlace PLACE = FilePlace.of(Path.of("file.pt"));

  /** In Latin-1, one character a byte; {@code |} stands for a line end. */
  private static PyValue load(String pickle) {
    byte[] bytes = pickle.replace('|', '\n').getBytes(StandardCharsets.ISO_8859_1);
    return new PickleReader(
            PickleEnvironment.empty(), new PickleLimits(1 << 20, 1_000, 1_000, 100, 64))
        .load(ByteBuffer.wrap(bytes), PLACE);
  }

  private static ModelImportException refusal(String pickle) {
    return catchThrowableOfType(ModelImportException.class, () -> load(pickle));
  }

  @Test
  void protocol_0_writes_numbers_and_texts_as_lines() {
    PyValue value = load("(lp0|I7|aL-12345678901234567890L|aF1.5|aI01|aV\\u00e9|aS'a\\'b'|a.");

    assertThat(((PyItems) value).items())
        .containsExactly(
            new PyValue.Int(7),
            new PyValue.Big(new BigInteger("-12345678901234567890")),
            new PyValue.Real(1.5),
            new PyValue.Bool(true),
            new PyValue.Text("é"),
            new PyValue.Text("a'b"));
  }

  @Test
  void protocol_2_writes_them_as_bytes() {
    String minusTwo = "\u008a\u0001\u00fe";
    PyValue value =
        load("\u0080\u0002(K\u0005M\u0001\u0002J\u00ff\u00ff\u00ff\u00ff" + minusTwo + "N\u0088t.");

    assertThat(((PyItems) value).items())
        .containsExactly(
            new PyValue.Int(5),
            new PyValue.Int(513),
            new PyValue.Int(-1),
            new PyValue.Int(-2),
            new PyValue.None(),
            new PyValue.Bool(true));
  }

  @Test
  void protocol_4_names_globals_on_the_stack_and_makes_inert_objects() {
    String frame = "\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000";
    PyValue value =
        load(
            frame
                + "\u008c\u0001a\u0094\u008c\u0001B\u0094\u0093)\u0081}\u008c\u0001x\u0094K\u0001sb.");

    PyObject object = (PyObject) value;
    assertThat(object.type()).isEqualTo(new PyValue.Global("a", "B"));
    assertThat(object.attributes().get("x")).contains(new PyValue.Int(1));
  }

  @Test
  void values_may_contain_themselves() {
    PyItems list = (PyItems) load("]q\u0000h\u0000a.");

    assertThat(list.items()).hasSize(1);
    assertThat(list.items().get(0)).isSameAs(list);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cos|system|(S'true'|tR. ; os.system",
        "(S'true'|ios|system|. ; INST",
        "(cos|system|S'true'|o. ; OBJ",
        "c__builtin__|eval|)R. ; __builtin__.eval",
        "R. ; stack is empty",
        "K ; truncated",
        "K1 ; without STOP",
        "X\u00ff\u00ff\u00ff\u007fabc. ; truncated",
        "\u008b\u00ff\u00ff\u00ff\u007f. ; limit",
        "]r\u00ff\u00ff\u00ff\u007f. ; memo",
        "h\u0007. ; memo",
        "}X\u0009\u0000\u0000\u0000__class__K\u0001sb. ; mark",
        "}}X\u0009\u0000\u0000\u0000__class__K\u0001sb. ; __class__",
        "K\u0001K\u0002K\u0003s. ; entries set on 1",
        "\u0080\u0009. ; protocol 9",
        "\u00f0. ; 0xf0",
        "cos|path.join|. ; path.join",
        "\u0082\u0001. ; EXT1",
        "Ix|. ; integer was expected",
        "X\u0001\u0000\u0000\u0000\u00ff. ; UTF-8"
      })
  void what_torch_never_writes_is_refused_with_offset_and_opcode(String pickle, String word) {
    String expected = word.equals("mark") ? "BUILD" : word;

    ModelImportException refusal = refusal(pickle);

    assertThat(refusal).as(pickle).isNotNull();
    assertThat(refusal.getMessage()).contains(expected);
    assertThat(refusal.diagnosis().where()).startsWith("file.pt › byte ").contains("opcode");
    assertThat(refusal.diagnosis().why()).isNotBlank();
    assertThat(refusal.diagnosis().fix()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 110})
  void nesting_has_a_limit_also_where_the_outer_list_is_filled_first(int depth) {
    StringBuilder outerFirst = new StringBuilder("]q\u00ff");
    for (int i = 0; i < depth - 1; i++) {
      outerFirst.append("]q").append((char) i).append('a').append("h").append((char) i);
    }
    String innerFirst = "]".repeat(depth) + "a".repeat(depth - 1) + ".";

    for (String nested : List.of(innerFirst, outerFirst + "h\u00ff.")) {
      ModelImportException refusal = refusal(nested);
      if (depth <= 100) {
        assertThat(refusal).isNull();
      } else {
        assertThat(refusal).hasMessageContaining("depth limit");
      }
    }
  }

  @Test
  void one_value_in_many_places_is_visited_once() {
    StringBuilder pickle = new StringBuilder("]");
    for (int i = 0; i < 90; i++) {
      pickle.append("q").append((char) i).append("](h").append((char) i).append("h");
      pickle.append((char) i).append("e");
    }

    PyItems outer = (PyItems) load(pickle.append('.').toString());

    assertThat(outer.items()).hasSize(2);
    assertThat(outer.items().get(0)).isSameAs(outer.items().get(1));
  }

  @Test
  void the_number_of_values_has_a_limit() {
    assertThat(refusal("N".repeat(2_000) + ".")).hasMessageContaining("more than 1000 values");
  }
}
