package dev.axiomml.interop.onnx.rules.text;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts, which are only run. */
public final class TextRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("RegexFullMatch", TextRules::regexFullMatch),
          entry("StringConcat", TextRules::concat),
          entry("StringNormalizer", TextRules::normalizer),
          entry("StringSplit", TextRules::split),
          entry("TfIdfVectorizer", NgramCounts::emit));

  /** Those of ONNX Runtime's own domain. */
  public static final Map<String, OnnxRule> RUNTIME = Map.of("Tokenizer", TextTokenizer::emit);

  private TextRules() {}

  /** A tensor of texts in; the others are refused by name. */
  static void require(OnnxNodeContext at, int operand) {
    if (at.dtype(operand) != DType.STRING) {
      throw at.refuse(at.op() + " of " + at.dtype(operand), "it reads texts");
    }
  }

  static Tensor tensor(List<Optional<RuntimeValue>> in, int i) {
    return in.get(i).orElseThrow().tensor();
  }

  static Stream<String> texts(Tensor x) {
    return IntStream.range(0, x.size()).mapToObj(x::textAt);
  }

  private static List<Value> regexFullMatch(OnnxNodeContext at) {
    require(at, 0);
    if (!at.attributes().has("pattern")) {
      throw at.refuse("RegexFullMatch without pattern", "there is nothing to match");
    }
    RegexPatterns pattern = RegexPatterns.of(at.attributes().text("pattern", ""));
    return at.run(
        List.of(Type.of(at.shape(0), DType.BOOL)),
        (settings, in) -> {
          Tensor x = tensor(in, 0);
          long[] matches = texts(x).mapToLong(text -> pattern.matches(text) ? 1 : 0).toArray();
          return List.of(Tensor.ofIntegers(x.shape(), DType.BOOL, matches));
        });
  }

  private static List<Value> concat(OnnxNodeContext at) {
    require(at, 0);
    require(at, 1);
    Shape shape = CommonShapeRules.broadcast(at.op(), at.shape(0), at.shape(1));
    return at.run(
        List.of(Type.of(shape, DType.STRING)),
        (settings, in) -> List.of(joined(tensor(in, 0), tensor(in, 1))));
  }

  private static Tensor joined(Tensor a, Tensor b) {
    Shape shape = CommonShapeRules.broadcast("StringConcat", a.shape(), b.shape());
    int[] left = IndexWalk.walk(shape.sizes(), IndexWalk.broadcast(a.shape(), shape));
    int[] right = IndexWalk.walk(shape.sizes(), IndexWalk.broadcast(b.shape(), shape));
    String[] y = new String[shape.count()];
    Arrays.setAll(y, i -> a.textAt(left[i]) + b.textAt(right[i]));
    return Tensor.ofTexts(shape, y);
  }

  private static List<Value> normalizer(OnnxNodeContext at) {
    require(at, 0);
    int rank = at.rank(0);
    boolean row = rank == 1;
    if (!row && !(rank == 2 && at.shape(0).dim(0).matches(Dim.ONE))) {
      throw at.refuse("StringNormalizer on " + at.shape(0), "it reads a list, or one row of texts");
    }
    TextCase change = TextCase.of(at);
    Dim kept = Dim.symbol(at.symbol());
    Shape shape = row ? Shape.of(kept) : Shape.of(Dim.ONE, kept);
    return at.run(
        List.of(Type.of(shape, DType.STRING)),
        (settings, in) -> {
          String[] y =
              texts(tensor(in, 0)).filter(change::keeps).map(change::of).toArray(String[]::new);
          String[] some = y.length == 0 ? new String[] {""} : y;
          return List.of(
              Tensor.ofTexts(row ? Shape.of(some.length) : Shape.of(1, some.length), some));
        });
  }

  /** The parts of each text, filled up with empty ones, and how many there are. */
  private static List<Value> split(OnnxNodeContext at) {
    require(at, 0);
    String delimiter = at.attributes().text("delimiter", "");
    long most = at.attributes().whole("maxsplit", Long.MAX_VALUE);
    if (most < 0) {
      throw at.refuse("maxsplit " + most, "texts are split that many times at most");
    }
    Shape parts = at.shape(0).concat(Shape.of(Dim.symbol(at.symbol())));
    TextSplit splitting = new TextSplit(delimiter, most);
    return at.run(
        List.of(Type.of(parts, DType.STRING), Type.of(at.shape(0), DType.INT64)),
        (settings, in) -> {
          Tensor x = tensor(in, 0);
          List<List<String>> rows = texts(x).map(splitting::of).toList();
          long[] counts = rows.stream().mapToLong(List::size).toArray();
          int columns = (int) Arrays.stream(counts).max().orElse(0);
          return List.of(filled(x.shape(), rows, columns), Tensor.ofLongs(x.shape(), counts));
        });
  }

  private static Tensor filled(Shape shape, List<List<String>> rows, int columns) {
    Shape wide = shape.concat(Shape.of(columns));
    String[] y = new String[wide.count()];
    Arrays.fill(y, "");
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      for (int j = 0; j < row.size(); j++) {
        y[i * columns + j] = row.get(j);
      }
    }
    return Tensor.ofTexts(wide, y);
  }
}
