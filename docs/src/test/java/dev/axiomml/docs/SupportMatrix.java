package dev.axiomml.docs;

import dev.axiomml.backend.jni.NativeTable;
import dev.axiomml.backend.nd4j.Nd4jTable;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.catalog.OpCatalog;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.pass.FoldBatchNorm;
import dev.axiomml.core.pass.UnrollComposites;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.DoubleGradients;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page that says which operator can do what, made of the catalogue, its samples and tables. */
final class SupportMatrix {
  static final String PAGE = "docs/support-matrix.md";
  private static final String TABLES =
      "axiom-interop/src/main/java/dev/axiomml/interop/pytorch/aten/calls/AtenTable.java";
  private static final Pattern ROW =
      Pattern.compile("\\bto\\.(?:item|one|several|unary|real|own|same)\\(\\s*\"([\\w.]+)\"");
  private static final String NO = "–";
  private static final Map<OpCatalog.Family, String> BOUNDS =
      Map.of(
          OpCatalog.Family.SUM, "lines",
          OpCatalog.Family.MOVE, "exact lines",
          OpCatalog.Family.SCALAR, "lines",
          OpCatalog.Family.WINDOW, "lines",
          OpCatalog.Family.RUN, NO,
          OpCatalog.Family.SIZE, NO);

  private final Map<Class<?>, List<OpSample>> samples =
      OpSamples.all().stream().collect(Collectors.groupingBy(sample -> sample.op().getClass()));

  /** The whole page. */
  static String page(Path root) throws IOException {
    SupportMatrix matrix = new SupportMatrix();
    return HEAD
        + OpCatalog.all().stream().map(matrix::row).collect(Collectors.joining())
        + AFTER
        + targets(root)
        + "\n";
  }

  private String row(OpCatalog.Entry entry) {
    List<OpSample> own = samples.getOrDefault(entry.type(), List.of());
    List<String> cells =
        List.of(
            "`" + entry.type().getSimpleName() + "`",
            entry.phrase().replace("|", "\\|"),
            entry.family().name().toLowerCase(Locale.ROOT),
            bounds(entry, own),
            gradient(entry, own),
            backend(entry, own, NativeTable::covers),
            backend(entry, own, Nd4jTable::covers));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String bounds(OpCatalog.Entry entry, List<OpSample> own) {
    if (own.stream().anyMatch(SupportMatrix::isTakenApart)) {
      return "its parts'";
    }
    return entry.family() == OpCatalog.Family.ROW
        ? share(own, SupportMatrix::boxed, "intervals")
        : Objects.requireNonNull(BOUNDS.get(entry.family()));
  }

  private static boolean isTakenApart(OpSample sample) {
    boolean lowered = sample.op() instanceof Composite parts && parts.isLowered(types(sample));
    return lowered || sample.op() instanceof BatchNorm;
  }

  private static String backend(
      OpCatalog.Entry entry, List<OpSample> own, Predicate<Graph> covered) {
    boolean runOnly =
        entry.family() == OpCatalog.Family.RUN || entry.family() == OpCatalog.Family.SIZE;
    return runOnly ? NO : share(own, sample -> covered.test(run(sample)), "yes");
  }

  private static String gradient(OpCatalog.Entry entry, List<OpSample> own) {
    return switch (entry.family()) {
      case RUN, SIZE -> NO;
      case ROW -> share(own, SupportMatrix::derived, "yes");
      default -> "yes";
    };
  }

  private static String share(List<OpSample> own, Predicate<OpSample> asked, String yes) {
    if (own.isEmpty()) {
      return "?";
    }
    long held = own.stream().filter(asked).count();
    return held == 0 ? NO : held == own.size() ? yes : "some";
  }

  /** What predictions run: operators in their parts, batch norms folded. */
  private static Graph run(OpSample sample) {
    Graph parts = UnrollComposites.lowered(sample.graph()).graph();
    return FoldBatchNorm.apply(parts).graph();
  }

  private static boolean boxed(OpSample sample) {
    List<Box> boxes =
        IntStream.range(0, sample.in().size()).mapToObj(operand -> box(sample, operand)).toList();
    return ((RowOp) sample.op()).bound(types(sample), boxes).isPresent();
  }

  /** A weight is a point. */
  private static Box box(OpSample sample, int operand) {
    Parameter weight = sample.weights().get(operand);
    if (weight != null) {
      return new Box(doubles(weight.tensor()), doubles(weight.tensor()));
    }
    double[] lo = new double[sample.in().get(operand).count()];
    double[] hi = new double[lo.length];
    Arrays.fill(lo, sample.low());
    Arrays.fill(hi, sample.high());
    return new Box(lo, hi);
  }

  private static boolean derived(OpSample sample) {
    RowOp op = (RowOp) sample.op();
    List<double[]> x =
        sample.inputs(1).stream().map(SupportMatrix::doubles).collect(Collectors.toList());
    List<double[]> g = op.apply(types(sample), x).stream().map(double[]::clone).toList();
    return DoubleGradients.of(op, types(sample), x, g).stream().anyMatch(dx -> dx.length > 0);
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, tensor::doubleAt);
    return values;
  }

  private static List<Type> types(OpSample sample) {
    return sample.in().stream().map(Type::float32).toList();
  }

  private static String targets(Path root) throws IOException {
    Matcher matcher = ROW.matcher(Files.readString(root.resolve(TABLES)));
    TreeSet<String> names = new TreeSet<>();
    while (matcher.find()) {
      names.add("`" + matcher.group(1) + "`");
    }
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String name : names) {
      String sep = text.isEmpty() ? "" : column + name.length() > 130 ? "\n" : " ";
      column = sep.equals("\n") ? name.length() : column + sep.length() + name.length();
      text.append(sep).append(name);
    }
    return text.toString();
  }

  private static final String HEAD =
      """
      # Support matrix

      Made by `MadePagesTest` from the catalogue of operators, their samples and the backends' tables; do not edit it.

      - **Run**: the reference runs every operator on this page.
      - **Bounds**: what the verifier knows of it. *Exact lines*: linear bounds that lose nothing but rounding. *Lines*: linear bounds that
        may be wider than the function; those of a sum are exact where one factor of each product is known. *Intervals*: its interval only. *Its parts'*: predictions and proofs take it apart into others of
        this page. –: an operator on the way from input to claim makes the answer unknown, unless a pass has turned it into something else,
        as `FoldConstants` does with shape arithmetic.
      - **Gradient**: what the attack and, later, training use.
      - **Native**, **ND4J**: a rule of that backend takes it; *some*: not with every setting. The rest runs in Java where allowed.
      - ?: it takes booleans beside numbers, and no sample of it is tried for this page.

      | Operator | What it computes | Family | Bounds | Gradient | Native | ND4J |
      |---|---|---|---|---|---|---|
      """;

  private static final String AFTER =
      """

      ## PyTorch's calls

      What `.pt2` files, traces and layers may call; in-place forms and overloads count as the operator itself.

      """;
}
