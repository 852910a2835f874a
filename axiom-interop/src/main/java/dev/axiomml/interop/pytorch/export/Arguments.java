package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.List;
import java.util.Map;

/**
 * Reads the tagged arguments of torch.export's JSON.
 *
 * @param symbols what the file's symbols are called here; the first batch is {@code N}
 */
record Arguments(Map<String, String> symbols) {
  private static final String BATCH = "N";

  /** The layout of all tensors but sparse ones. */
  private static final int STRIDED = 7;

  Item read(Json argument) {
    Map.Entry<String, Json> tagged = argument.only();
    Json value = tagged.getValue();
    return switch (tagged.getKey()) {
      case "as_tensor" -> new Item.Ref(value.at("name").text());
      case "as_tensors" -> many(value.list(), one -> new Item.Ref(one.at("name").text()));
      case "as_nested_tensors" ->
          many(value.list(), row -> many(row.list(), one -> new Item.Ref(one.at("name").text())));
      case "as_optional_tensors" -> many(value.list(), this::read);
      case "as_optional_tensor" -> read(value);
      case "as_int" -> Item.of(value.whole());
      case "as_ints" -> many(value.list(), one -> Item.of(one.whole()));
      case "as_int_lists" ->
          many(value.list(), row -> many(row.list(), one -> Item.of(one.whole())));
      case "as_float" -> new Item.Real(value.number());
      case "as_floats" -> many(value.list(), one -> new Item.Real(one.number()));
      case "as_bool" -> new Item.Flag(value.flag());
      case "as_bools" -> many(value.list(), one -> new Item.Flag(one.flag()));
      case "as_string" -> new Item.Text(value.text());
      case "as_strings" -> many(value.list(), one -> new Item.Text(one.text()));
      case "as_scalar_type" -> new Item.Element(ScalarTypes.of(value));
      case "as_sym_int", "as_sym_float" -> symbolic(value);
      case "as_sym_ints", "as_sym_floats" -> many(value.list(), this::symbolic);
      case "as_sym_bool" -> bool(value);
      case "as_layout" -> value.whole() == STRIDED ? Item.NOTHING : new Item.Text("layout");
      case "as_none", "as_device", "as_memory_format" -> Item.NOTHING;
      default -> throw argument.wrong("an argument of a known kind");
    };
  }

  private interface Reading {
    Item of(Json json);
  }

  private static Item many(List<Json> list, Reading each) {
    return new Item.Many(list.stream().map(each::of).toList());
  }

  private Item symbolic(Json value) {
    Map.Entry<String, Json> tagged = value.only();
    return switch (tagged.getKey()) {
      case "as_name" -> new Item.Ref(tagged.getValue().text());
      case "as_float" -> new Item.Real(tagged.getValue().number());
      default -> new Item.Size(size(value, false));
    };
  }

  private static Item bool(Json value) {
    Map.Entry<String, Json> tagged = value.only();
    return tagged.getKey().equals("as_name")
        ? new Item.Ref(tagged.getValue().text())
        : new Item.Flag(tagged.getValue().flag());
  }

  /** A size of a tensor; a symbol that stands alone on the first axis becomes the batch. */
  Dim size(Json size, boolean first) {
    Map.Entry<String, Json> tagged = size.only();
    if (tagged.getKey().equals("as_int")) {
      return Dim.of(tagged.getValue().whole());
    }
    if (!tagged.getKey().equals("as_expr")) {
      throw size.wrong("a size");
    }
    Json expression = tagged.getValue().at("expr_str");
    Dim found = Sizes.of(expression, Dim::symbol);
    if (first && symbols.isEmpty() && found.toString().matches("[A-Za-z_]\\w*")) {
      symbols.put(found.toString(), BATCH);
    }
    return Sizes.of(expression, this::symbol);
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
