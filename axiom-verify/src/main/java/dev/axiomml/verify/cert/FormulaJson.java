package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import java.util.List;

/** Formulas as trees. */
final class FormulaJson {
  private FormulaJson() {}

  static ObjectNode write(Formula formula) {
    if (formula instanceof Formula.And and) {
      return pair("and", and.left(), and.right());
    }
    if (formula instanceof Formula.Or or) {
      return pair("or", or.left(), or.right());
    }
    if (formula instanceof Formula.Implies implies) {
      return pair("implies", implies.left(), implies.right());
    }
    if (formula instanceof Formula.Not not) {
      ObjectNode json = LimitedJson.object().put("is", "not");
      json.set("of", write(not.formula()));
      return json;
    }
    return atom(formula, LimitedJson.object());
  }

  private static ObjectNode pair(String word, Formula left, Formula right) {
    ObjectNode json = LimitedJson.object().put("is", word);
    json.set("left", write(left));
    json.set("right", write(right));
    return json;
  }

  private static ObjectNode atom(Formula formula, ObjectNode json) {
    if (formula instanceof Formula.Compare c) {
      json.put("is", "compare").put("relation", LimitedJson.word(c.relation()));
      json.set("left", TermJson.write(c.left()));
      json.set("right", TermJson.write(c.right()));
      return json;
    }
    if (formula instanceof Formula.Check check) {
      json.put("is", "check").put("predicate", LimitedJson.word(check.predicate()));
      return json.put("of", LimitedJson.word(check.of()));
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      json.put("is", "argmax").put("of", LimitedJson.word(argmax.of()));
      if (!argmax.row().isEmpty()) {
        argmax.row().forEach(json.putArray("row")::add);
      }
      return json.put("index", argmax.index());
    }
    if (formula instanceof Formula.ArgmaxStays stays) {
      json.put("is", "argmax_stays").set("reference", TensorJson.write(stays.reference()));
      return json;
    }
    if (formula instanceof Formula.LocalLipschitz l) {
      LimitedJson.number(json.put("is", "local_lipschitz"), "radius", l.radius());
      return LimitedJson.number(json, "limit", l.limit());
    }
    if (formula instanceof Formula.Lipschitz l) {
      LimitedJson.number(json.put("is", "lipschitz"), "radius", l.radius());
      return LimitedJson.number(json, "ratio", l.ratio());
    }
    return json.put("is", "true");
  }

  static Formula read(StrictFields json) {
    return switch (json.text("is")) {
      case "and" -> new Formula.And(side(json, "left"), side(json, "right"));
      case "or" -> new Formula.Or(side(json, "left"), side(json, "right"));
      case "implies" -> new Formula.Implies(side(json, "left"), side(json, "right"));
      case "not" -> new Formula.Not(read(json.only("is", "of").object("of")));
      case "compare" ->
          new Formula.Compare(
              TermJson.read(json.only("is", "relation", "left", "right").object("left")),
              json.choice("relation", Formula.Relation.values()),
              TermJson.read(json.object("right")));
      case "check" ->
          new Formula.Check(
              json.only("is", "predicate", "of").choice("predicate", Formula.Predicate.values()),
              json.choice("of", Subject.values()));
      case "argmax" -> argmax(json.only("is", "of", "row", "index"));
      case "argmax_stays" ->
          new Formula.ArgmaxStays(
              TensorJson.read(json.only("is", "reference").object("reference")));
      case "local_lipschitz", "lipschitz" -> pairs(json);
      case "true" -> always(json.only("is"));
      default -> throw StrictFields.malformed(json.place(), "a kind of formula", json.text("is"));
    };
  }

  private static Formula always(StrictFields checked) {
    return checked.has("is") ? new Formula.True() : read(checked);
  }

  private static Formula side(StrictFields json, String name) {
    return read(json.only("is", "left", "right").object(name));
  }

  private static Formula argmax(StrictFields json) {
    long index = json.whole("index");
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw StrictFields.malformed(json.place(), "an index", index);
    }
    List<Integer> row = json.has("row") ? json.indices("row") : List.of();
    return new Formula.ArgmaxIs(json.choice("of", Subject.values()), row, (int) index);
  }

  /** What an early certificate called local_lipschitz, with a constant, was a ratio. */
  private static Formula pairs(StrictFields json) {
    try {
      if (json.has("limit")) {
        return new Formula.LocalLipschitz(
            json.only("is", "radius", "limit").number("radius"), json.number("limit"));
      }
      String ratio = json.has("constant") ? "constant" : "ratio";
      return new Formula.Lipschitz(
          json.only("is", "radius", ratio).number("radius"), json.number(ratio));
    } catch (PropertyException e) {
      throw StrictFields.refused(json.place(), "a radius and a limit", e);
    }
  }
}
