package dev.axiomml.interop.onnx.rules.ml;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.JoinedOps;
import dev.axiomml.interop.onnx.rules.PickRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names, numbers and categories of {@code ai.onnx.ml}, mapped to each other by tables. */
public final class LabelRules {
  private static final List<String> KINDS = List.of("strings", "int64s", "floats", "tensor");

  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Binarizer", LabelRules::binarizer),
          entry("CategoryMapper", LabelRules::mapper),
          entry("Imputer", LabelRules::imputer),
          entry("LabelEncoder", LabelRules::encoder),
          entry("OneHotEncoder", LabelRules::oneHot),
          entry("ZipMap", LabelRules::zipMap));

  private LabelRules() {}

  /**
   * A map from each label to its score is, here, the scores in the order of the labels: the labels
   * are the same for every row.
   */
  private static List<Value> zipMap(OnnxNodeContext at) {
    return List.of(at.in(0));
  }

  /** 1 above a threshold, else 0. */
  private static List<Value> binarizer(OnnxNodeContext at) {
    DType wide = at.dtype(0).isFloat() ? at.dtype(0) : DType.FLOAT64;
    Value threshold = at.scalar(wide, at.attributes().number("threshold", 0));
    Value x = new OnnxSteps(at).cast(at.in(0), wide);
    Value above = at.emit(new Compare(Compare.Kind.GREATER), x, threshold);
    return List.of(at.emit(new Cast(at.dtype(0)), above));
  }

  /** A number in place of NaN or of another one, one for each feature or for all. */
  private static List<Value> imputer(OnnxNodeContext at) {
    DType dtype = at.dtype(0);
    String name = dtype.isFloat() ? "imputed_value_floats" : "imputed_value_int64s";
    Tensor instead =
        list(at, "imputed_value_", dtype.isFloat() ? "floats" : "int64s")
            .filter(values -> values.size() > 0)
            .orElseThrow(() -> at.refuse(name + " is missing", "it stands in for " + dtype));
    if (instead.size() > 1 && !at.shape(0).dim(-1).equals(Dim.of(instead.size()))) {
      throw at.refuse(name + " of " + instead.size(), "one for each feature, or one for all");
    }
    return dtype.isFloat()
        ? List.of(imputed(at, instead.to(dtype)))
        : at.run(
            List.of(at.in(0).type()),
            (settings, in) -> {
              long gone = settings.whole("replaced_value_int64", 0);
              long[] y = in.get(0).orElseThrow().tensor().toLongs();
              for (int i = 0; i < y.length; i++) {
                y[i] = y[i] == gone ? instead.longAt(i % instead.size()) : y[i];
              }
              return List.of(Tensor.ofIntegers(in.get(0).orElseThrow().tensor().shape(), dtype, y));
            });
  }

  private static Value imputed(OnnxNodeContext at, Tensor instead) {
    double replaced = at.attributes().number("replaced_value_float", 0);
    Value gone =
        Double.isNaN(replaced)
            ? at.emit(new IsNan(), at.in(0))
            : at.emit(new Compare(Compare.Kind.EQUAL), at.in(0), at.scalar(at.dtype(0), replaced));
    return at.emit(new Where(), gone, at.constant(instead), at.in(0));
  }

  /** Lists of a setting's spellings: texts, whole numbers, floats or a tensor. */
  private static Optional<Tensor> list(OnnxNodeContext at, String prefix, String kind) {
    NodeAttributes from = at.attributes();
    String name = prefix + kind;
    return switch (kind) {
      case "strings" ->
          from.texts(name).map(t -> Tensor.ofTexts(Shape.of(t.size()), t.toArray(String[]::new)));
      case "floats" -> ForestReader.numbers(at, name).map(LabelRules::floats);
      case "tensor" -> from.tensor(name).map(proto -> ForestReader.tensor(at, proto));
      default ->
          from.longs(name)
              .map(l -> Tensor.ofLongs(Shape.of(l.size()), l.stream().mapToLong(i -> i).toArray()));
    };
  }

  private static Tensor floats(double[] numbers) {
    return Tensor.ofDoubles(Shape.of(numbers.length), DType.FLOAT32, numbers);
  }

  private static Tensor stated(OnnxNodeContext at, String prefix, String kind) {
    return list(at, prefix, kind)
        .filter(tensor -> tensor.size() > 0)
        .orElseThrow(() -> at.refuse(prefix + kind + " is missing", "it says what is told apart"));
  }

  /** The list that is stated, of the kinds there are. */
  private static Tensor stated(OnnxNodeContext at, String prefix) {
    return KINDS.stream()
        .flatMap(kind -> list(at, prefix, kind).stream())
        .filter(tensor -> tensor.size() > 0)
        .findFirst()
        .orElseThrow(() -> at.refuse(prefix + "… is missing", "it says what is told apart"));
  }

  /** What stands for elements that are not among the keys. */
  private static Tensor otherwise(OnnxNodeContext at, DType dtype) {
    NodeAttributes from = at.attributes();
    Optional<Tensor> stated =
        from.tensor("default_tensor").map(proto -> ForestReader.tensor(at, proto));
    return stated.orElseGet(
        () ->
            dtype == DType.STRING
                ? Tensor.ofTexts(Shape.of(1), from.text("default_string", "_Unused"))
                : dtype.isFloat()
                    ? Tensor.ofDoubles(Shape.of(1), dtype, from.number("default_float", -0.0))
                    : Tensor.ofIntegers(Shape.of(1), dtype, from.whole("default_int64", -1)));
  }

  /** Before version 2 it goes both ways between names and their numbers. */
  private static List<Value> encoder(OnnxNodeContext at) {
    boolean old = at.attributes().has("classes_strings");
    Tensor first = old ? stated(at, "classes_") : stated(at, "keys_");
    Tensor second = old ? numbered(first.size()) : stated(at, "values_");
    boolean backward = old && at.dtype(0) != DType.STRING;
    Tensor keys = backward ? second : first;
    Tensor values = backward ? first : second;
    if (keys.size() != values.size() || (keys.dtype() == DType.STRING) != texts(at)) {
      throw at.refuse(
          keys.size() + " keys of " + keys.dtype() + " for " + values.size() + " values",
          "each key of the operand's type has its value");
    }
    return looked(at, keys, values);
  }

  /** Texts become numbers and numbers texts. */
  private static List<Value> mapper(OnnxNodeContext at) {
    Tensor names = stated(at, "cats_", "strings");
    Tensor numbers = stated(at, "cats_", "int64s");
    boolean whole = at.dtype(0) == DType.INT64;
    if (names.size() != numbers.size() || !(texts(at) || whole)) {
      throw at.refuse(
          "cats_strings of %d and cats_int64s of %d for %s"
              .formatted(names.size(), numbers.size(), at.dtype(0)),
          "each text has its whole number, and one of them is read");
    }
    return texts(at) ? looked(at, names, numbers) : looked(at, numbers, names);
  }

  /** The value of each element's key. */
  private static List<Value> looked(OnnxNodeContext at, Tensor keys, Tensor values) {
    Map<Object, Integer> places = places(keys);
    Tensor table = JoinedOps.of(values, otherwise(at, values.dtype()));
    return at.run(
        List.of(Type.of(at.shape(0), values.dtype())),
        (settings, in) -> {
          Tensor x = in.get(0).orElseThrow().tensor();
          int[] found = new int[x.size()];
          for (int i = 0; i < found.length; i++) {
            found[i] = places.getOrDefault(key(x, i), values.size());
          }
          return List.of(PickRules.rows(table, 0, found).reshape(x.shape()));
        });
  }

  private static boolean texts(OnnxNodeContext at) {
    return at.dtype(0) == DType.STRING;
  }

  private static Tensor numbered(int count) {
    return Tensor.ofLongs(Shape.of(count), java.util.stream.LongStream.range(0, count).toArray());
  }

  /** The last of keys that are alike counts; all NaN are alike, and the two zeros. */
  private static Map<Object, Integer> places(Tensor keys) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.put(key(keys, i), i);
    }
    return places;
  }

  private static Object key(Tensor x, int i) {
    if (x.dtype() == DType.STRING) {
      return x.textAt(i);
    }
    return x.dtype().isFloat() ? (Object) (x.doubleAt(i) + 0.0) : (Object) x.longAt(i);
  }

  /** One column a category, 1 where the element is it. */
  private static List<Value> oneHot(OnnxNodeContext at) {
    Tensor categories = stated(at, "cats_");
    if ((categories.dtype() == DType.STRING) != texts(at)) {
      throw at.refuse(
          "categories of " + categories.dtype() + " for " + at.dtype(0),
          "an element is compared with them");
    }
    Map<Object, Integer> places = places(categories);
    boolean zeros = at.attributes().flag("zeros", true);
    int columns = categories.size();
    Shape shape = at.shape(0).concat(Shape.of(columns));
    return at.run(
        List.of(Type.float32(shape)),
        (settings, in) -> {
          Tensor x = in.get(0).orElseThrow().tensor();
          float[] y = new float[x.size() * columns];
          for (int i = 0; i < x.size(); i++) {
            int place = places.getOrDefault(key(whole(x), i), -1);
            if (place < 0 && !zeros) {
              throw new IllegalStateException("element " + i + " is none of the categories");
            }
            Optional.of(i * columns + place).filter(k -> place >= 0).ifPresent(k -> y[k] = 1);
          }
          return List.of(Tensor.of(x.shape().concat(Shape.of(columns)), y));
        });
  }

  /** Categories are whole numbers or texts. */
  private static Tensor whole(Tensor x) {
    return x.dtype().isFloat() ? x.to(DType.INT64) : x;
  }
}
