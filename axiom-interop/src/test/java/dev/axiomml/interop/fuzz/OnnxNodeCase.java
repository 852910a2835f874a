package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** What was done to a file so that it must be refused. */
  enum Damage {
    NONE,
    SETTING,
    OPERAND,
    TYPE,
    RANK,
    TWICE
  }

  static final Map<String, OnnxRecipe> RECIPES = recipes();

  private final OnnxDraw draw;
  private final OnnxDraft draft;
  private final Sizes sizes;
  private final Damage damage;
  private final String tail;
  private final List<Tensor> inputs = new ArrayList<>();
  private final byte[] bytes;

  private OnnxNodeCase(OnnxDraw draw, OnnxDraft draft, boolean damaged) {
    this.draw = draw;
    this.draft = draft;
    this.sizes = draw.pick(Sizes.FIXED, Sizes.FREE, Sizes.FREE, Sizes.SHARED);
    this.damage = damaged ? draw.pick(Damage.values()) : Damage.NONE;
    this.tail = draw.chance(0.5) ? "" : draw.pick("Shape", "Reshape", "Fill", "Add", "Flat");
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
    OnnxDraw draw = new OnnxDraw(seed * 0x9E3779B97F4A7C15L + 1);
    List<String> names = RECIPES.keySet().stream().sorted().toList();
    String op = only.orElseGet(() -> names.get(draw.below(names.size())));
    int first = Math.max(7, OnnxFirstOpsets.of(op));
    OnnxDraft draft = new OnnxDraft(op, draw.from(first, Math.max(first, 23)), draw);
    RECIPES.get(op).draw(draft);
    return new OnnxNodeCase(draw, draft, draw.chance(0.06));
  }

  String op() {
    return draft.op();
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
      int most = OnnxFirstOpsets.operands(draft.op(), draft.opset());
      while (in.size() < most) {
        in.add(""); // what is in a place that has a meaning is another case
      }
      Tensor more = draw.tame(DType.FLOAT32, Shape.of(1));
      in.add("more");
      operand(file, "more", more, true);
    }
    if (damage == Damage.SETTING) {
      draft.set("surplus", 7L);
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

  /** A declaration that nothing of these recipes can have: eight axes, or another element type. */
  private void output(OnnxNodeFile file, String name) {
    boolean wrong = name.equals("y0") && (damage == Damage.TYPE || damage == Damage.RANK);
    if (!wrong) {
      file.output(name);
      return;
    }
    DType own = draft.dtype();
    DType other = own == DType.INT16 ? DType.INT8 : DType.INT16;
    Shape shape = Shape.of(1, 1, 1, 1, 1, 1, 1, 1);
    file.stated(name, Tensor.zeros(shape).to(damage == Damage.TYPE ? other : own), true);
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
