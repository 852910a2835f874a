package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** A random node in a file, with what it is run on. */
final class OnnxNodeCase {
  /** How much of its inputs' sizes a file states. */
  enum Sizes {
    FIXED,
    FREE,
    SHARED
  }

  /** What was done to a file. */
  enum Damage {
    /** Nothing. */
    NONE(false),
    /** A setting that the operator has not. */
    SETTING(true),
    /** An operand more than it has. */
    OPERAND(true),
    /** Another element type declared. */
    TYPE(true),
    /** Another number of axes declared. */
    RANK(true),
    /** Another size declared. */
    SIZE(false),
    /** A second value of one name. */
    TWICE(true),
    /** An operand shorter than drawn; what fits it no more must be refused. */
    CUT(true),
    /** A setting more, which may be right. */
    SPARE(false);

    private final boolean strict;

    Damage(boolean strict) {
      this.strict = strict;
    }

    /** Whether a file that ONNX Runtime refuses is to be refused. */
    boolean isStrict() {
      return strict;
    }

    private boolean isDeclared() {
      return this == TYPE || this == RANK || this == SIZE;
    }
  }

  static final Map<String, OnnxRecipe> RECIPES = recipes();

  /** Operators of many forms of which few are hard, or whose sizes follow from others'. */
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "ConvTranspose", 6,
          "Einsum", 3,
          "GridSample", 5,
          "Max", 3,
          "Min", 3,
          "ReduceMean", 3,
          "Resize", 2,
          "Split", 4,
          "Squeeze", 3);

  private static final List<String> NAMES =
      RECIPES.keySet().stream()
          .sorted()
          .flatMap(op -> Collections.nCopies(WEIGHTS.getOrDefault(op, 1), op).stream())
          .toList();

  private final OnnxDraw draw;
  private final OnnxDraft draft;
  private final Sizes sizes;
  private final Damage damage;
  private final boolean between;
  private final String tail;
  private final List<Tensor> inputs = new ArrayList<>();
  private final byte[] bytes;

  private OnnxNodeCase(OnnxDraw draw, OnnxDraft draft, boolean sound) {
    this.draw = draw;
    this.draft = draft;
    this.sizes = draw.pick(Sizes.FIXED, Sizes.FREE, Sizes.FREE, Sizes.SHARED);
    Damage drawn = draw.chance(0.12) ? draw.pick(Damage.values()) : Damage.NONE;
    this.damage = sound ? Damage.NONE : drawn;
    this.between = draw.chance(0.5);
    this.tail = draw.chance(0.5) ? "" : draw.pick("Shape", "Reshape", "Fill", "Add", "Flat");
    switch (damage) {
      case SETTING -> draft.set("surplus", 7L);
      case CUT -> OnnxSpoiling.cut(draft);
      case SPARE -> OnnxSpoiling.spare(draft);
      default -> {}
    }
    this.bytes = written();
  }

  private static Map<String, OnnxRecipe> recipes() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    List.of(
            PointRecipes.TABLE,
            RowRecipes.TABLE,
            WindowRecipes.TABLE,
            ImageRecipes.TABLE,
            PlaceRecipes.TABLE,
            ShapeRecipes.TABLE,
            MatrixRecipes.TABLE,
            RuntimeRecipes.TABLE)
        .forEach(all::putAll);
    return Map.copyOf(all);
  }

  /** The case of a seed, of one operator where it is named. */
  static OnnxNodeCase of(long seed, Optional<String> only) {
    return of(seed, only, false);
  }

  /** The same, without a damage that was drawn for it. */
  static OnnxNodeCase sound(long seed, Optional<String> only) {
    return of(seed, only, true);
  }

  private static OnnxNodeCase of(long seed, Optional<String> only, boolean sound) {
    OnnxDraw draw = new OnnxDraw(seed * 0x9E3779B97F4A7C15L + 1);
    String op = only.orElseGet(() -> NAMES.get(draw.below(NAMES.size())));
    int first = Math.max(7, OnnxFirstOpsets.of(op));
    OnnxDraft draft = new OnnxDraft(op, draw.from(first, Math.max(first, 23)), draw);
    RECIPES.get(op).draw(draft);
    return new OnnxNodeCase(draw, draft, sound);
  }

  String op() {
    return draft.op();
  }

  int opset() {
    return draft.opset();
  }

  /** Whether an operand is so. */
  boolean any(Predicate<Tensor> what) {
    return draft.operands().stream()
        .anyMatch(operand -> operand.tensor().isPresent() && what.test(operand.tensor().get()));
  }

  /** Whether a setting has a value. */
  boolean has(String setting, Object value) {
    return value.equals(draft.settings().get(setting));
  }

  /** An operand; empty where it is left out. */
  Optional<Tensor> operand(int i) {
    List<OnnxDraft.Operand> all = draft.operands();
    return i < all.size() ? all.get(i).tensor() : Optional.empty();
  }

  /** A list of whole numbers, ones where it is not stated. */
  long[] list(String setting, int count) {
    Object stated = draft.settings().get(setting);
    return stated instanceof long[] all ? all : LongStream.generate(() -> 1).limit(count).toArray();
  }

  /** A whole number that is stated. */
  long whole(String setting) {
    return (Long) draft.settings().get(setting);
  }

  int results() {
    return draft.results();
  }

  /** The element type of the first operand. */
  DType dtype() {
    return draft.dtype();
  }

  boolean stated(String setting) {
    return draft.settings().containsKey(setting);
  }

  Sizes sizes() {
    return sizes;
  }

  Damage damage() {
    return damage;
  }

  List<Tensor> inputs() {
    return inputs;
  }

  byte[] bytes() {
    return bytes;
  }

  private Optional<String> symbol(String name, Shape shape, int axis) {
    return switch (sizes) {
      case FIXED -> Optional.empty();
      case FREE -> Optional.of(name + "_" + axis);
      case SHARED -> Optional.of("s" + shape.dim(axis)).filter(s -> shape.dim(axis).value() > 1);
    };
  }

  private byte[] written() {
    OnnxNodeFile file = new OnnxNodeFile();
    List<String> in = operands(file);
    if (damage == Damage.OPERAND) {
      int most = OnnxFirstOpsets.operands(draft);
      while (in.size() < most) {
        in.add(""); // what is in a place that has a meaning is another case
      }
      Tensor more = draw.tame(DType.FLOAT32, Shape.of(1));
      in.add("more");
      operand(file, "more", more, true);
    }
    List<String> out = new ArrayList<>();
    for (int i = 0; i < draft.results(); i++) {
      out.add("y" + i);
    }
    file.node(draft, in, out);
    out.forEach(name -> output(file, name));
    if (damage == Damage.TWICE) {
      file.node("Identity", in.get(0), "y0");
    }
    tail(file);
    return file.bytes(draft.opset());
  }

  private List<String> operands(OnnxNodeFile file) {
    List<String> in = new ArrayList<>();
    boolean none = draft.operands().stream().allMatch(OnnxDraft.Operand::stored);
    for (OnnxDraft.Operand operand : draft.operands()) {
      String name = operand.tensor().isEmpty() ? "" : "x" + in.size();
      boolean stored = operand.stored() && !(none && in.isEmpty());
      in.add(name);
      operand.tensor().ifPresent(tensor -> operand(file, name, tensor, stored));
    }
    return in;
  }

  private void operand(OnnxNodeFile file, String name, Tensor tensor, boolean stored) {
    if (stored) {
      file.weight(name, tensor);
    } else {
      file.input(name, tensor, axis -> symbol(name, tensor.shape(), axis));
      inputs.add(tensor);
    }
  }

  /** A declaration that nothing of these recipes can have, of an output or of a value between. */
  private void output(OnnxNodeFile file, String name) {
    if (!name.equals("y0") || !damage.isDeclared()) {
      file.output(name);
      return;
    }
    file.stated(name, OnnxSpoiling.wrong(draft, damage), !between);
    if (between) {
      file.node("Identity", name, "z").output("z");
    }
  }

  /** What reads the shape of the first result, as what follows a node does in real files. */
  private void tail(OnnxNodeFile file) {
    switch (tail) {
      case "Shape" -> file.node("Shape", "y0", "t");
      case "Reshape" -> file.node("Shape", "y0", "s").node("Reshape", "y0 s", "t");
      case "Fill" -> file.node("Shape", "y0", "s").node("ConstantOfShape", "s", "t");
      case "Add" ->
          file.node("Shape", "y0", "s")
              .node("ConstantOfShape", "s", "z")
              .node("Shape", "z", "u")
              .node("Expand", "z u", "t");
      case "Flat" -> file.weight("all", OnnxDraw.longs(-1)).node("Reshape", "y0 all", "t");
      default -> {
        return;
      }
    }
    file.output("t");
  }

  /** Whether the shape that the tail read is not that of the first output. */
  boolean contradicts(List<Tensor> outputs) {
    Shape first = outputs.get(0).shape();
    Tensor last = outputs.get(outputs.size() - 1);
    return switch (tail) {
      case "Shape" -> !Arrays.equals(last.toLongs(), longs(first));
      case "Reshape", "Fill", "Add" -> !last.shape().equals(first);
      default -> false;
    };
  }

  private static long[] longs(Shape shape) {
    return Arrays.stream(shape.sizes()).asLongStream().toArray();
  }

  @Override
  public String toString() {
    return draft
        + " "
        + sizes
        + (tail.isEmpty() ? "" : " then " + tail)
        + (damage == Damage.NONE ? "" : " damaged " + damage);
  }
}
