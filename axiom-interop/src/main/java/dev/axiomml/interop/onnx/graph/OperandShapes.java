package dev.axiomml.interop.onnx.graph;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds operands to the shapes that their operator fixes. A rule that adds a bias broadcasts it,
 * and where the operator says that it is as long as a row, a bias of one number is another file's
 * meaning. What free sizes leave open is checked when they are known.
 *
 * <p>A form has the operands in their order: sizes with names, which are the same wherever a name
 * stands; sums such as {@code 2A+B}, in which a size that nothing names is 0 where another is
 * named; {@code @x} is the attribute {@code x}, {@code A?} is A or 1, {@code …} any axes, {@code |}
 * stands between the shapes that an operand may have, {@code ()} is one number without axes, {@code
 * *} anything, and {@code -} an operand that must be left out.
 */
final class OperandShapes {
  private static final String MASKS = "B | 2B | B S+P | B 1 | 1 1 | B S S+P";
  private static final String ONE = "() | 1";
  private static final String SKIP = "B S H, B S H | 1 S H | S H, H, H, H";

  /** By operator of ONNX Runtime; one of the forms must fit. */
  private static final Map<String, List<String>> RUNTIME =
      Map.ofEntries(
          entry(
              "Attention",
              List.of("B S D, D A, A, " + MASKS + ", 2 B @num_heads P H, B? @num_heads? S S+P")),
          entry("BiasAdd", List.of("N S C, C, N S C")),
          entry("BiasGelu", List.of("… H, H")),
          entry("BiasSplitGelu", List.of("N S D, D")),
          entry("CDist", List.of("A K, B K")),
          entry("DynamicQuantizeMatMul", List.of("… K, … K N, () | 1 | N, () | 1 | N, N")),
          entry(
              "EmbedLayerNormalization", List.of("B S, B S, V H, P H, G H, H, H, B S, B S | 1 S")),
          entry("FastGelu", List.of("… H, H")),
          entry("FusedGemm", List.of("A B, P Q")),
          entry("GroupNorm", List.of("N … C, C, C")),
          entry("GroupNorm first", List.of("N C …, C, C")),
          entry(
              "GroupQueryAttention",
              List.of(
                  "B S D, B L K, B L V, B @kv_num_heads P H, B @kv_num_heads P W, B | B 1, *, M R,"
                      + " M R, *, B? @num_heads? S L+P, @num_heads",
                  "B S D, -, -, B @kv_num_heads P H, B @kv_num_heads P W, B | B 1, *, M R,"
                      + " M R, *, B? @num_heads? S S+P, @num_heads")),
          entry("MatMulNBits", List.of("… @K, *, *, *, *, @N")),
          entry(
              "MatMulIntegerToFloat",
              List.of(
                  "… K, … K N, "
                      + (ONE + ", () | 1 | N | … 1 N, " + ONE + ", () | 1 | N | … 1 N, N"))),
          entry(
              "MultiHeadAttention",
              List.of(
                  "B S D, B L D, B L V, 2D+V, B | 2B | B L+P | B S L+P, B? @num_heads? S L+P,"
                      + " B @num_heads P H, B @num_heads P W",
                  "B S D, B @num_heads L H, B @num_heads L W, -, B | 2B | B L | B S L,"
                      + " B? @num_heads? S L")),
          entry(
              "QAttention",
              List.of(
                  "B S D, D A, A, "
                      + (ONE + ", () | 1 | A, " + MASKS + ", " + ONE + ", () | 1 | A, ")
                      + "2 B @num_heads P H")),
          entry("QEmbedLayerNormalization", List.of("B S, B S, V H, P H, G H, H, H, B S")),
          entry("RotaryEmbedding", List.of("B S D | B N S H, 1 | B S, M R, M R")),
          entry("SkipGroupNorm", List.of("N Y X C, C, C, N Y X C | N 1 1 C | N C, C")),
          entry("SkipGroupNorm first", List.of("N C Y X, C, C, N C Y X | N C 1 1 | N C, C")),
          entry("SkipLayerNormalization", List.of(SKIP, "S H, S H, H, H, H")),
          entry("SkipSimplifiedLayerNormalization", List.of(SKIP, "S H, S H, H, H, H")));

  private static final List<String> SCATTERED =
      List.of(
          "A, P, P",
          "A B, P Q, P Q",
          "A B C, P Q R, P Q R",
          "A B C D, P Q R S, P Q R S",
          "A B C D E, P Q R S T, P Q R S T",
          "A B C D E F, P Q R S T U, P Q R S T U");
  private static final List<String> LOSSES =
      List.of(
          "N C, N, C",
          "N C X, N X, C",
          "N C X Y, N X Y, C",
          "N C X Y Z, N X Y Z, C",
          "N C W X Y Z, N W X Y Z, C",
          "N C V W X Y Z, N V W X Y Z, C");
  private static final List<String> PIXELS = List.of("N C X …");

  /** By operator of the standard. */
  private static final Map<String, List<String>> STANDARD =
      Map.ofEntries(
          entry("AffineGrid", List.of("N 2 3, 4", "N 3 4, 5")),
          entry("BatchNormalization", List.of("N C …, C, C, C, C", "N, 1, 1, 1, 1")),
          entry("Gemm", List.of("A B, P Q")),
          entry("GRU", List.of("T B I, D 3H I, D 3H H, D 6H, B, D B H")),
          entry("GRU batch first", List.of("B T I, D 3H I, D 3H H, D 6H, B, B D H")),
          entry("GlobalAveragePool", PIXELS),
          entry("GlobalLpPool", PIXELS),
          entry("GlobalMaxPool", PIXELS),
          entry("GridSample", List.of("N C Y X, N P Q 2", "N C Z Y X, N P Q R 3", "N C X, N P 1")),
          entry("GroupNormalization", List.of("N C …, C, C")),
          entry("GroupNormalization before 21", List.of("N C …, @num_groups, @num_groups")),
          entry("InstanceNormalization", List.of("N C …, C, C")),
          entry("LRN", PIXELS),
          entry("LSTM", List.of("T B I, D 4H I, D 4H H, D 8H, B, D B H, D B H, D 3H")),
          entry("LSTM batch first", List.of("B T I, D 4H I, D 4H H, D 8H, B, B D H, B D H, D 3H")),
          entry("MaxRoiPool", List.of("N C Y X, R 5")),
          entry("NegativeLogLikelihoodLoss", LOSSES),
          entry("OneHot", List.of("*, () | 1, 2")),
          entry("RNN", List.of("T B I, D H I, D H H, D 2H, B, D B H")),
          entry("RNN batch first", List.of("B T I, D H I, D H H, D 2H, B, B D H")),
          entry("ReverseSequence", List.of("T B …, B")),
          entry("ReverseSequence batch first", List.of("B T …, B")),
          entry("RoiAlign", List.of("N C Y X, R 4, R")),
          entry("ScatterElements", SCATTERED),
          entry("Slice", List.of("*, K, K, K, K")),
          entry("SoftmaxCrossEntropyLoss", LOSSES));

  private final OnnxNodeContext at;
  private final String[] form;
  private final Map<String, Dim> sizes = new HashMap<>();
  private final Map<Integer, List<String>> chosen = new HashMap<>();
  private int wrong;

  private OperandShapes(OnnxNodeContext at, String form) {
    this.at = at;
    this.form = form.split(", ?");
  }

  /**
   * The node with operands of the shapes that its operator fixes; refused where they are others.
   */
  static OnnxNodeContext fitted(OnnxNodeContext at) {
    List<String> forms = forms(at);
    int wrong = 0;
    for (String form : forms) {
      OperandShapes shapes = new OperandShapes(at, form);
      if (shapes.fit(false) && shapes.fit(true)) {
        return shapes.exact();
      }
      wrong = Math.max(wrong, shapes.wrong);
    }
    if (forms.isEmpty()) {
      return at;
    }
    throw at.refuse(
        "operand " + wrong + " of " + at.op() + " of operands " + shapes(at),
        "their shapes are (" + String.join("), or (", forms) + "), and nothing is broadcast");
  }

  private static List<String> forms(OnnxNodeContext at) {
    String domain = OnnxFile.domain(at.node());
    String form =
        switch (at.op()) {
          case "GroupNorm", "SkipGroupNorm" -> is(at, "channels_last", 0) ? " first" : "";
          case "GroupNormalization" -> at.version() < 21 ? " before 21" : "";
          case "RNN", "GRU", "LSTM" -> is(at, "layout", 1) ? " batch first" : "";
          case "ReverseSequence" -> is(at, "batch_axis", 0) ? " batch first" : "";
          default -> "";
        };
    boolean packed = at.op().equals("MultiHeadAttention") && !(at.has(1) && at.has(2));
    boolean other = packed || is(at, "spatial", 0);
    Map<String, List<String>> table =
        other
            ? Map.of()
            : domain.equals("com.microsoft") ? RUNTIME : domain.isEmpty() ? STANDARD : Map.of();
    return table.getOrDefault(at.op() + form, List.of());
  }

  private static boolean is(OnnxNodeContext at, String setting, long value) {
    return attribute(at, setting).filter(stated -> stated == value).isPresent();
  }

  private static List<String> shapes(OnnxNodeContext at) {
    return IntStream.range(0, at.operands())
        .mapToObj(i -> at.has(i) ? at.shape(i).toString() : "-")
        .toList();
  }

  /** Read past the node's own reading: this is no use of a setting. */
  private static Optional<Long> attribute(OnnxNodeContext at, String name) {
    return at.node().getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(AttributeProto::getI)
        .findFirst();
  }

  /** Sizes that are sums come after those that have names. */
  private boolean fit(boolean sums) {
    return IntStream.range(0, Math.min(form.length, at.operands()))
        .filter(i -> at.has(i) && isSum(form[i]) == sums)
        .allMatch(this::fit);
  }

  private static boolean isSum(String shapes) {
    return shapes.matches(".*[0-9A-Z]\\+?[A-Z].*");
  }

  /** Fits an operand to the first of its shapes that is its own, else to one that may be. */
  private boolean fit(int i) {
    wrong = i;
    if (form[i].equals("*") || form[i].equals("-")) {
      return form[i].equals("*");
    }
    Shape shape = at.shape(i);
    List<List<String>> own =
        Stream.of(form[i].split(" ?\\| ?"))
            .map(one -> names(one, shape.rank()))
            .filter(names -> names.size() == shape.rank())
            .toList();
    Optional<List<String>> fitting =
        Stream.of(true, false)
            .flatMap(surely -> own.stream().filter(names -> agrees(names, shape, surely)))
            .findFirst();
    fitting.ifPresent(names -> choose(i, names, shape));
    return fitting.isPresent();
  }

  private void choose(int i, List<String> names, Shape shape) {
    IntStream.range(0, names.size()).forEach(k -> bind(names.get(k), shape.dim(k)));
    chosen.put(i, names);
  }

  /** The name of each axis; axes that may be any have none. */
  private static List<String> names(String shape, int rank) {
    List<String> names = new ArrayList<>(List.of(shape.split(" ")));
    names.remove("()");
    int any = names.indexOf("…");
    if (any >= 0) {
      names.remove(any);
      while (names.size() < rank) {
        names.add(any, "");
      }
    }
    return names;
  }

  private boolean agrees(List<String> names, Shape shape, boolean surely) {
    return IntStream.range(0, names.size())
        .allMatch(k -> agrees(names.get(k), shape.dim(k), surely));
  }

  private boolean agrees(String name, Dim dim, boolean surely) {
    boolean single = name.endsWith("?") && dim.equals(Dim.ONE);
    return single
        || value(name).map(size -> surely ? size.equals(dim) : size.matches(dim)).orElse(true);
  }

  private void bind(String name, Dim dim) {
    Dim known = sizes.get(name);
    if (name.matches("[A-Z]") && (known == null || (dim.isFixed() && !known.isFixed()))) {
      sizes.put(name, dim);
    }
  }

  /** A size by its name; empty where it is any. */
  private Optional<Dim> value(String name) {
    String plain = name.replace("?", "");
    if (plain.startsWith("@")) {
      return attribute(at, plain.substring(1)).map(Dim::of);
    }
    if (plain.length() < 2 && !plain.matches("[0-9]")) {
      return Optional.ofNullable(sizes.get(plain));
    }
    boolean known = sizes.keySet().stream().anyMatch(plain::contains);
    if (!known && !plain.matches("[0-9]+")) {
      return Optional.empty();
    }
    Dim sum = Dim.ZERO;
    for (String term : plain.split("\\+")) {
      String factor = term.replaceAll("[A-Z]", "");
      String symbol = term.substring(factor.length());
      Dim size = symbol.isEmpty() ? Dim.ONE : sizes.getOrDefault(symbol, Dim.ZERO);
      sum = sum.plus(size.times(factor.isEmpty() ? 1 : Long.parseLong(factor)));
    }
    return Optional.of(sum);
  }

  /** Operands of which a size is still open are held to it when the model runs. */
  private OnnxNodeContext exact() {
    List<Optional<Value>> operands = new ArrayList<>();
    for (int i = 0; i < at.operands(); i++) {
      operands.add(at.has(i) ? Optional.of(exact(i)) : Optional.empty());
    }
    boolean changed =
        IntStream.range(0, at.operands())
            .anyMatch(i -> at.has(i) && !at.operand(i).equals(operands.get(i).orElseThrow()));
    return changed ? at.borrowed(at.node(), operands) : at;
  }

  private Value exact(int i) {
    Shape to = at.shape(i);
    List<String> names = chosen.getOrDefault(i, List.of());
    for (int k = 0; k < names.size(); k++) {
      Optional<Dim> size = value(names.get(k));
      if (size.isPresent() && !names.get(k).endsWith("?")) {
        to = to.with(k, size.get());
      }
    }
    return new OnnxSteps(at).sized(at.operand(i), to);
  }
}
