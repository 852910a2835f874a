package dev.axiomml.interop.onnx.rules.text;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The n-grams that are looked for, as a tree of their tokens. */
final class NgramPool {
  private static final int NONE = -1;

  /** What a beginning of n-grams goes on with, and the column of the n-gram that it is itself. */
  private static final class Branch {
    private final Map<Object, Branch> next = new HashMap<>();
    private int column = NONE;
  }

  private final Branch root = new Branch();
  private final int shortest;
  private final int longest;
  private final long skips;

  private NgramPool(OnnxNodeContext at) {
    this.shortest = size(at, "min_gram_length");
    this.longest = size(at, "max_gram_length");
    this.skips = at.attributes().whole("max_skip_count", -1);
    if (shortest > longest || skips < 0) {
      throw at.refuse(
          "min_gram_length %d, max_gram_length %d, max_skip_count %d"
              .formatted(shortest, longest, skips),
          "lengths go from the shortest to the longest, and no tokens or more are skipped");
    }
  }

  private static int size(OnnxNodeContext at, String attribute) {
    int size = at.attributes().integer(attribute, 0);
    if (size < 1) {
      throw at.refuse(attribute + " " + size, "it is stated and 1 or more");
    }
    return size;
  }

  /** The pool of a node, whose n-grams have columns in their order. */
  static NgramPool of(OnnxNodeContext at, List<Integer> columns) {
    NgramPool pool = new NgramPool(at);
    List<Object> tokens = tokens(at);
    List<Integer> starts = starts(at, tokens.size(), pool.longest);
    Iterator<Integer> places = columns.iterator();
    for (int n = 1; n <= starts.size(); n++) {
      int end = n < starts.size() ? starts.get(n) : tokens.size();
      List<Object> some = tokens.subList(starts.get(n - 1), end);
      if (some.size() % n != 0) {
        throw at.refuse("ngram_counts " + starts, some.size() + " tokens are no " + n + "-grams");
      }
      pool.add(at, some, n, places);
    }
    if (places.hasNext()) {
      throw at.refuse("ngram_indexes of " + columns.size(), "the pool has fewer n-grams");
    }
    return pool;
  }

  private void add(OnnxNodeContext at, List<Object> tokens, int n, Iterator<Integer> places) {
    for (int i = 0; i < tokens.size(); i += n) {
      if (!places.hasNext()) {
        throw at.refuse("ngram_indexes", "the pool has more n-grams than they have columns");
      }
      add(tokens.subList(i, i + n), places.next());
    }
  }

  private static List<Object> tokens(OnnxNodeContext at) {
    List<Object> texts =
        at.attributes().texts("pool_strings").orElse(List.of()).stream()
            .collect(Collectors.toList());
    List<Object> numbers =
        at.attributes().longs("pool_int64s").orElse(List.of()).stream()
            .collect(Collectors.toList());
    boolean text = at.dtype(0) == DType.STRING;
    boolean whole = at.dtype(0) == DType.INT64 || at.dtype(0) == DType.INT32;
    if (texts.isEmpty() == numbers.isEmpty() || text == texts.isEmpty() || !(text || whole)) {
      throw at.refuse(
          "pool_strings of %d and pool_int64s of %d for %s"
              .formatted(texts.size(), numbers.size(), at.dtype(0)),
          "one of them holds tokens of the operand's type");
    }
    return text ? texts : numbers;
  }

  /** Where the n-grams of each length start. */
  private static List<Integer> starts(OnnxNodeContext at, int tokens, int longest) {
    List<Integer> starts = at.attributes().integers("ngram_counts").orElse(List.of());
    int before = 0;
    for (int start : starts) {
      if (start < before || start > tokens) {
        throw at.refuse("ngram_counts " + starts, "they rise up to the " + tokens + " tokens");
      }
      before = start;
    }
    if (starts.size() < longest || starts.get(0) != 0) {
      throw at.refuse(
          "ngram_counts " + starts, "they start at 0, one for each length up to " + longest);
    }
    return starts;
  }

  private void add(List<Object> ngram, int column) {
    if (ngram.size() < shortest || ngram.size() > longest) {
      return;
    }
    Branch branch = root;
    for (Object token : ngram) {
      branch = branch.next.computeIfAbsent(token, t -> new Branch());
    }
    if (branch.column != NONE) {
      throw new IllegalArgumentException("the pool holds " + ngram + " twice");
    }
    branch.column = column;
  }

  /**
   * How often n-grams of each column occur in a row of tokens, those with as many tokens skipped
   * between all of theirs included; single tokens count once.
   */
  int[] count(Tensor x, int start, int tokens, int columns) {
    int[] counts = new int[columns];
    for (int step = 1; step <= skips + 1 && step <= tokens; step++) {
      int least = step == 1 ? shortest : Math.max(2, shortest);
      for (int i = 0; i < tokens; i++) {
        follow(new Row(x, start + tokens, step), start + i, least, counts);
      }
    }
    return counts;
  }

  /** Tokens up to an end, each a constant number of steps behind the one before. */
  private record Row(Tensor x, int end, int step) {
    Object token(int i) {
      return x.dtype() == DType.STRING ? x.textAt(i) : (Object) x.longAt(i);
    }
  }

  private void follow(Row row, int from, int least, int[] counts) {
    Optional<Branch> branch = Optional.of(root);
    int size = 0;
    for (int i = from; branch.isPresent() && i < row.end; i += row.step) {
      branch = Optional.ofNullable(branch.get().next.get(row.token(i)));
      size++;
      if (size >= least) {
        branch.filter(b -> b.column != NONE).ifPresent(b -> counts[b.column]++);
      }
    }
  }
}
