package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;

/** Terms as trees. */
final class TermJson {
  private TermJson() {}

  static ObjectNode write(Term term) {
    ObjectNode json = Json.object();
    if (term instanceof Term.Constant constant) {
      return Json.number(json.put("term", "constant"), "value", constant.value());
    }
    if (term instanceof Term.Element element) {
      ArrayNode index =
          json.put("term", "element").put("of", Json.word(element.of())).putArray("index");
      element.index().forEach(index::add);
      return json;
    }
    if (term instanceof Term.Reduce reduce) {
      json.put("term", "reduce").put("by", Json.word(reduce.reduction()));
      return json.put("of", Json.word(reduce.of()));
    }
    Term.Binary binary = (Term.Binary) term;
    json.put("term", Json.word(binary.operation())).set("left", write(binary.left()));
    json.set("right", write(binary.right()));
    return json;
  }

  static Term read(Fields json) {
    return switch (json.text("term")) {
      case "constant" -> new Term.Constant(json.only("term", "value").number("value"));
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
}
