package dev.axiomml.interop.onnx;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads a class such as {@code [^a-z\d[:space:]]}, its opening bracket being read.
 *
 * @param in where
 * @param flags whether case counts
 */
record RegexClass(RegexCursor in, RegexFlags flags) {
  IntPredicate read() {
    boolean others = in.skips("^");
    IntPredicate all = none -> false;
    do {
      all = all.or(item()); // a bracket that comes first stands for itself
    } while (!in.skips("]"));
    return others ? all.negate() : all;
  }

  private IntPredicate item() {
    if (in.skips("[:")) {
      return named();
    }
    if (in.skips("\\")) {
      Optional<IntPredicate> set = flags.lettered(in);
      return set.isPresent() ? set.get() : range(in.escaped());
    }
    return range(in.next());
  }

  private IntPredicate range(int from) {
    int start = in.place();
    if (!in.skips("-")) {
      return flags.set(in, from, from);
    }
    if (!in.ends() && in.peek() == ']') {
      in.back(start);
      return flags.set(in, from, from);
    }
    int to = in.skips("\\") ? in.escaped() : in.next();
    if (to < from) {
      throw in.bad("a range that ends before it starts", start);
    }
    return flags.set(in, from, to);
  }

  private IntPredicate named() {
    boolean others = in.skips("^");
    StringBuilder name = new StringBuilder();
    while (!in.skips(":]")) {
      name.appendCodePoint(in.next());
    }
    return Runes.named(name.toString())
        .map(set -> flags.named(set, others))
        .orElseThrow(() -> in.bad("a class [:" + name + ":]"));
  }
}
