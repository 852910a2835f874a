package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;
import java.util.Map;

/**
 * Reads the tagged arguments of torch.export's JSON.
 *
 * @param symbols what the file's symbols are called here; the first batch is {@code N}
 */
record ExportArguments(Map<String, String> symbols) {
  private static final String BATCH = "N";

  /** The layout of all tensors but sparse ones. */
  private static final int STRIDED = 7;

  AtenItem read(LocatedJson argument) {
    Map.Entry<String, LocatedJson> tagged = argument.only();
    LocatedJson value = tagged.getValue();
    return switch (tagged.getKey()) {
      case "as_tensor" -> new AtenItem.Ref(value.at("name").text());
      case "as_tensors" -> many(value.list(), one -> new AtenItem.Ref(one.at("name").text()));
      case "as_nested_tensors" ->
          many(
              value.list(),
              row -> many(row.list(), one -> new AtenItem.Ref(one.at("name").text())));
      case "as_optional_tensors" -> many(value.list(), this::read);
      case "as_optional_tensor" -> read(value);
      case "as_int" -> AtenItem.of(value.whole());
      case "as_ints" -> many(value.list(), one -> AtenItem.of(one.whole()));
      case "as_int_lists" ->
          many(value.list(), row -> many(row.list(), one -> AtenItem.of(one.whole())));
      case "as_float" -> new AtenItem.Real(value.number());
      case "as_floats" -> many(value.list(), one -> new AtenItem.Real(one.number()));
      case "as_bool" -> new AtenItem.Flag(value.flag());
      case "as_bools" -> many(value.list(), one -> new AtenItem.Flag(one.flag()));
      case "as_string" -> new AtenItem.Text(value.text());
      case "as_strings" -> many(value.list(), one -> new AtenItem.Text(one.text()));
      case "as_scalar_type" -> new AtenItem.Element(ExportScalarTypes.of(value));
      case "as_sym_int", "as_sym_float" -> symbolic(value);
      case "as_sym_ints", "as_sym_floats" -> many(value.list(), this::symbolic);
      case "as_sym_bool" -> bool(value);
      case "as_layout" -> value.whole() == STRIDED ? AtenItem.NOTHING : new AtenItem.Text("layout");
      case "as_none", "as_device", "as_memory_format" -> AtenItem.NOTHING;
      default -> throw argument.wrong("an argument of a known kind");
    };
  }

  private interface Reading {
    AtenItem of(LocatedJson json);
  }

  private static AtenItem many(List<LocatedJson> list, Reading each) {
    return new AtenItem.Many(list.stream().map(each::of).toList());
  }

  private AtenItem symbolic(LocatedJson value) {
    Map.Entry<String, LocatedJson> tagged = value.only();
    return switch (tagged.getKey()) {
      case "as_name" -> new AtenItem.Ref(tagged.getValue().text());
      case "as_float" -> new AtenItem.Real(tagged.getValue().number());
      default -> new AtenItem.Size(size(value, false));
    };
  }

  private static AtenItem bool(LocatedJson value) {
    Map.Entry<String, LocatedJson> tagged = value.only();
    return tagged.getKey().equals("as_name")
        ? new AtenItem.Ref(tagged.getValue().text())
        : new AtenItem.Flag(tagged.getValue().flag());
  }

  /** A size of a tensor; a symbol that stands alone on the first axis becomes the batch. */
  Dim size(LocatedJson size, boolean first) {
    Map.Entry<String, LocatedJson> tagged = size.only();
    if (tagged.getKey().equals("as_int")) {
      return Dim.of(tagged.getValue().whole());
    }
    if (!tagged.getKey().equals("as_expr")) {
      throw size.wrong("a size");
    }
    LocatedJson expression = tagged.getValue().at("expr_str");
    Dim found = SymbolicSizes.of(expression, Dim::symbol);
    if (first && symbols.isEmpty() && found.toString().matches("[A-Za-z_]\\w*")) {
      symbols.put(found.toString(), BATCH);
    }
    return SymbolicSizes.of(expression, this::symbol);
  }

  /** What the file calls a symbol. */
  String original(String symbol) {
    return symbols.entrySet().stream()
        .filter(entry -> entry.getValue().equals(symbol))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(symbol);
  }

  private Dim symbol(String name) {
    boolean taken = name.equals(BATCH);
    return Dim.symbol(symbols.getOrDefault(name, taken ? BATCH + "_" : name));
  }
}
