package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Arithmetic of numbers, as Python does it; sizes stay exact and may be symbols. */
final class PythonNumbers {
  static final Set<String> NAMES =
      Set.of(
          "sub",
          "mul",
          "div",
          "floordiv",
          "floor_divide",
          "remainder",
          "neg",
          "pow",
          "sqrt",
          "exp",
          "log",
          "abs",
          "min",
          "max",
          "floor",
          "ceil",
          "round",
          "int",
          "float",
          "str",
          "Float",
          "reciprocal",
          "__range_length",
          "__derive_index");

  /** What can wait until the sizes of the inputs are known. */
  private static final Set<String> LATER = Set.of("int", "add", "sub", "mul");

  private PythonNumbers() {}

  /** The result; empty where one of the arguments is a tensor. */
  static Optional<ScriptValue> apply(String name, MethodFrame at, List<ScriptValue> given) {
    if (name.equals("str")) {
      return TorchFunctions.some(ScriptValue.of(MethodFrame.shown(given.get(0))));
    }
    List<AtenItem> items = new ArrayList<>();
    for (ScriptValue thing : given) {
      if (!(thing instanceof ScriptValue.Held held) || !at.recording().isNumeric(held.item())) {
        return converted(name, at, given);
      }
      items.add(held.item());
    }
    boolean later = LATER.contains(name) && items.stream().anyMatch(i -> i instanceof AtenItem.Ref);
    if (later) {
      return name.equals("int") ? TorchFunctions.some(given.get(0)) : Optional.empty();
    }
    items.replaceAll(item -> at.settled(new ScriptValue.Held(item)));
    return items.isEmpty() ? Optional.empty() : number(name, items).map(ScriptValue.Held::new);
  }

  /** Texts and elements of tensors as numbers; lists have a least and a largest element. */
  private static Optional<ScriptValue> converted(
      String name, MethodFrame at, List<ScriptValue> given) {
    boolean cast = Set.of("int", "float", "Float").contains(name);
    boolean text =
        given.get(0) instanceof ScriptValue.Held held && held.item() instanceof AtenItem.Text;
    if (cast && !text) {
      return TorchFunctions.some(given.get(0));
    }
    boolean extreme = name.equals("min") || name.equals("max");
    return extreme && given.size() == 1 && given.get(0) instanceof ScriptValue.Listed list
        ? list.things().stream()
            .reduce((a, b) -> apply(name, at, List.of(a, b)).orElse(ScriptValue.nothing()))
        : Optional.empty();
  }

  private static Optional<AtenItem> number(String name, List<AtenItem> items) {
    boolean whole = items.stream().noneMatch(item -> item instanceof AtenItem.Real);
    Optional<AtenItem> exact = Optional.empty();
    if (whole) {
      exact = whole(name, items.stream().map(PythonNumbers::dim).toList()).map(AtenItem.Size::new);
    }
    return exact.isPresent() ? exact : real(name, items);
  }

  private static Dim dim(AtenItem item) {
    return item instanceof AtenItem.Flag flag
        ? Dim.of(flag.value() ? 1 : 0)
        : ((AtenItem.Size) item).dim();
  }

  private static Optional<Dim> whole(String name, List<Dim> x) {
    Dim a = x.get(0);
    Dim b = x.get(x.size() - 1);
    return switch (name) {
      case "add" -> Optional.of(a.plus(b));
      case "sub" -> Optional.of(a.minus(b));
      case "mul" -> Optional.of(a.times(b));
      case "neg" -> Optional.of(Dim.ZERO.minus(a));
      case "int", "floor", "ceil" -> Optional.of(a);
      case "floordiv", "floor_divide" -> Optional.of(a.floorDiv(b));
      case "remainder" -> Optional.of(a.minus(a.floorDiv(b).times(b)));
      case "__derive_index" -> Optional.of(x.get(1).plus(a.times(b)));
      default -> x.stream().allMatch(Dim::isFixed) ? fixed(name, x) : Optional.empty();
    };
  }

  private static Optional<Dim> fixed(String name, List<Dim> x) {
    long a = x.get(0).value();
    long b = x.get(x.size() - 1).value();
    return switch (name) {
      case "abs" -> Optional.of(Dim.of(Math.abs(a)));
      case "min" -> Optional.of(Dim.of(Math.min(a, b)));
      case "max" -> Optional.of(Dim.of(Math.max(a, b)));
      case "pow" -> power(a, b);
      case "__range_length" -> Optional.of(Dim.of(length(a, x.get(1).value(), b)));
      default -> Optional.empty();
    };
  }

  private static Optional<Dim> power(long a, long b) {
    double value = StrictMath.pow((double) a, (double) b);
    boolean exact = b >= 0 && Math.abs(value) < 1L << 52;
    return exact ? Optional.of(Dim.of((long) value)) : Optional.empty();
  }

  /** How many numbers there are from a start on, before an end, in steps. */
  private static long length(long start, long end, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("a range in steps of 0");
    }
    long span = Math.subtractExact(end, start);
    return Math.max(0, step > 0 ? -Math.floorDiv(-span, step) : -Math.floorDiv(span, -step));
  }

  private static Optional<AtenItem> real(String name, List<AtenItem> items) {
    boolean symbolic =
        items.stream().anyMatch(item -> item instanceof AtenItem.Size s && !s.dim().isFixed());
    if (symbolic) {
      return Optional.empty();
    }
    double a = value(items.get(0));
    double b = value(items.get(items.size() - 1));
    return switch (name) {
      case "floor", "int" -> Optional.of(integer(name.equals("int") ? trunc(a) : Math.floor(a)));
      case "ceil" -> Optional.of(integer(Math.ceil(a)));
      default -> {
        double y = real(name, a, b);
        boolean unknown = Double.isNaN(y) && !Double.isNaN(a) && !Double.isNaN(b);
        yield unknown ? Optional.empty() : Optional.of(new AtenItem.Real(y));
      }
    };
  }

  private static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static double value(AtenItem item) {
    return item instanceof AtenItem.Real real ? real.value() : dim(item).value();
  }

  private static AtenItem integer(double x) {
    if (!(Math.abs(x) < 1L << 53)) {
      throw new IllegalArgumentException(x + " as a whole number");
    }
    return AtenItem.of((long) x);
  }

  /** NaN for a function that is not known. */
  private static double real(String name, double a, double b) {
    return switch (name) {
      case "add" -> a + b;
      case "sub" -> a - b;
      case "mul" -> a * b;
      case "div" -> a / b;
      case "floordiv", "floor_divide" -> Math.floor(a / b);
      case "remainder" -> a - Math.floor(a / b) * b;
      case "neg" -> -a;
      case "reciprocal" -> 1 / a;
      case "pow" -> StrictMath.pow(a, b);
      case "sqrt" -> Math.sqrt(a);
      case "exp" -> StrictMath.exp(a);
      case "log" -> StrictMath.log(a);
      case "abs" -> Math.abs(a);
      case "min" -> Math.min(a, b);
      case "max" -> Math.max(a, b);
      case "round" -> Math.rint(a);
      case "float", "Float" -> a;
      default -> Double.NaN;
    };
  }
}
