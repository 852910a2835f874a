package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;

/** Terms as trees. */
final class TermJson {
  private TermJson() {}

  static ObjectNode write(Term term) {
    ObjectNode json = LimitedJson.object();
    if (term instanceof Term.Constant constant) {
      return constant(json.put("term", "constant"), constant.value());
    }
    if (term instanceof Term.Element element) {
      ArrayNode index =
          json.put("term", "element").put("of", LimitedJson.word(element.of())).putArray("index");
      element.index().forEach(index::add);
      return json;
    }
    if (term instanceof Term.Reduce reduce) {
      json.put("term", "reduce").put("by", LimitedJson.word(reduce.reduction()));
      return json.put("of", LimitedJson.word(reduce.of()));
    }
    Term.Binary binary = (Term.Binary) term;
    json.put("term", LimitedJson.word(binary.operation())).set("left", write(binary.left()));
    json.set("right", write(binary.right()));
    return json;
  }

  static Term read(StrictFields json) {
    return switch (json.text("term")) {
      case "constant" -> constant(json.only("term", "value"));
      case "element" ->
          new Term.Element(
              json.only("term", "of", "index").choice("of", Subject.values()),
              json.indices("index"));
      case "reduce" ->
          new Term.Reduce(
              json.only("term", "by", "of").choice("by", Term.Reduction.values()),
              json.choice("of", Subject.values()));
      default ->
          new Term.Binary(
              json.only("term", "left", "right").choice("term", Term.Arithmetic.values()),
              read(json.object("left")),
              read(json.object("right")));
    };
  }

  /** A number where its shortest double says it, else the decimal as text. */
  private static ObjectNode constant(ObjectNode json, BigDecimal value) {
    double near = value.doubleValue();
    boolean exact = Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(value) == 0;
    return exact ? json.put("value", near) : json.put("value", value.toString());
  }

  private static Term constant(StrictFields json) {
    JsonNode value = json.node().path("value");
    try {
      return value.isTextual()
          ? new Term.Constant(new BigDecimal(value.textValue()))
          : Term.Constant.of(json.number("value"));
    } catch (NumberFormatException | PropertyException e) {
      throw StrictFields.refused(json.place() + ".value", "a finite number", e);
    }
  }
}
