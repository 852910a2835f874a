package dev.axiomml.interop.onnx.rules.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RE2's syntax; where java.util.regex reads something else, the lines say so. */
class PatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "a|bc bc",
        "(a|b)*c ababc",
        "(?:ab){2,3}c abababc",
        "a{2,} aaaa",
        "x{,3} x{,3}",
        "(?P<year>\\d{4})-(?<month>\\d\\d) 2026-11",
        "[[:alpha:]_]+[^[:digit:]] ab_c",
        "[a-c-e.\\-]+ a-c-e.",
        "[]a]+ ]a]",
        "[^]a] b",
        "\\Qa.b*\\E+ a.b**",
        "\\x41\\x{1F600}\\101 A😀A",
        "(?i)straSSe STRASSE",
        "(?i:a)b Ab",
        "(?i)k K",
        "\\x{20000}?\\p{Greek}+ αβγ",
        "(?i)é É",
        "\\pL+ Grüße",
        "(?s). `\n`",
        "(?m)^a$\\n^b$ `a\nb`",
        "\\Aa\\b-\\Bb?\\z a-",
        "(a*)* aaa",
        "(|a)+ aa",
        ".*?b+? aabb",
        "(\\W|^)[\\w.\\-]{0,25}@(yahoo|gmail)\\.com(\\W|$) account@gmail.com"
      })
  void such_a_text_matches(String pattern, String text) {
    assertThat(RegexPatterns.of(pattern).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "a|bc abc",
        "a{2,3} aaaa",
        ". `\n`",
        "a$ `a\n`",
        "\\w é",
        "\\s `\u000B`",
        "\\d ٣",
        "a\\bb ab",
        "(?i)[^a] A",
        "(?-i)a A",
        "((?i)a)b aB",
        "[&&a] b"
      })
  void such_a_text_does_not_match(String pattern, String text) {
    assertThat(RegexPatterns.of(pattern).matches(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)",
        "(?!a)",
        "(?<=a)b",
        "(?>a)",
        "(a)\\1",
        "\\k<a>",
        "a++",
        "a**",
        "*a",
        "(?i)*",
        "a{2}{3}",
        "a{1001}",
        "a{3,2}",
        "(a",
        "a)",
        "[a",
        "[b-a]",
        "[[:foo:]]",
        "\\C",
        "\\Z",
        "\\G",
        "\\x{110000}",
        "\\xZZ",
        "\\",
        "(?z)a",
        "(?-)a",
        "(?<n-1>a)"
      })
  void what_is_no_pattern_is_refused_with_the_part_that_is_wrong(String pattern) {
    assertThatThrownBy(() -> RegexPatterns.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pattern ")
        .hasMessageContaining("error parsing regexp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{1000}){1000}){1000})",
        "((((){1000}){1000}){1000}){1000}",
        "((a?){1000}){999}"
      })
  void a_pattern_that_stands_for_too_much_is_refused(String pattern) {
    assertThatThrownBy(() -> RegexPatterns.of(pattern))
        .hasMessageContaining("stands for more than");
  }

  @Test
  void a_pattern_too_deep_is_refused() {
    assertThatThrownBy(() -> RegexPatterns.of("(".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deep");
  }

  /** Backtracking would take 2⁵⁰⁰ steps for each of these. */
  @ParameterizedTest
  @ValueSource(strings = {"(a*)*b", "(a|a)*b", "(a|aa)+b", "(.*a){25}b", "(a?){500}b"})
  void hostile_patterns_end(String pattern) {
    assertThat(RegexPatterns.of(pattern).matches("a".repeat(500))).isFalse();
  }
}
