package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.pytorch.aten.StatedTypes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an exported program states of its values.
 *
 * @param graph with the types of tensors and sizes by name
 * @param ranges of symbols
 * @param arguments knows what the file's symbols are called here
 */
record ValueTypes(LocatedJson graph, LocatedJson ranges, ExportArguments arguments) {
  /** A size that the elements of a tensor decide. */
  private static final Pattern DATA = Pattern.compile("\\bu\\d");

  StatedTypes stated() {
    return new StatedTypes(this::of, this::range);
  }

  private Optional<StatedTypes.Stated> of(String name) {
    LocatedJson tensors = graph.at("tensor_values");
    if (tensors.has(name)) {
      LocatedJson meta = tensors.at(name);
      List<Optional<Dim>> sizes = meta.at("sizes").list().stream().map(this::size).toList();
      return Optional.of(
          new StatedTypes.Stated(Optional.of(ExportScalarTypes.of(meta.at("dtype"))), sizes));
    }
    boolean whole = graph.has("sym_int_values") && graph.at("sym_int_values").has(name);
    return whole
        ? Optional.of(
            new StatedTypes.Stated(
                Optional.empty(), List.of(size(graph.at("sym_int_values").at(name)))))
        : Optional.empty();
  }

  /** A size in a form that is known here, of symbols that the inputs have. */
  private Optional<Dim> size(LocatedJson size) {
    try {
      return Optional.of(arguments.size(size, false))
          .filter(dim -> !DATA.matcher(dim.toString()).find());
    } catch (ModelImportException e) {
      return Optional.empty(); // Max(1, s0) and other forms that sizes here do not take
    }
  }

  private StatedTypes.Range range(String symbol) {
    String name = arguments.original(symbol);
    if (!ranges.has(name)) {
      return StatedTypes.Range.ANY;
    }
    LocatedJson range = ranges.at(name);
    long least = bound(range, "min_val", 1);
    return new StatedTypes.Range(
        Math.max(1, least), Math.max(least, bound(range, "max_val", Long.MAX_VALUE)));
  }

  private static long bound(LocatedJson range, String name, long open) {
    return range.has(name) && !range.at(name).isNull() ? range.at(name).whole() : open;
  }
}
