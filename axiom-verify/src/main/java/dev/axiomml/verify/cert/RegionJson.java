package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Regions with all their data. */
final class RegionJson {
  private RegionJson() {}

  static ObjectNode write(Region region) {
    ObjectNode json = LimitedJson.object();
    if (region instanceof Region.Range range) {
      LimitedJson.number(json.put("kind", "range"), "low", range.low());
      return LimitedJson.number(json, "high", range.high());
    }
    if (region instanceof Region.Box box) {
      json.put("kind", "box").set("low", TensorJson.write(box.low()));
      json.set("high", TensorJson.write(box.high()));
      return json;
    }
    if (region instanceof Region.Ball ball) {
      json.put("kind", "ball").put("norm", LimitedJson.word(ball.norm()));
      LimitedJson.number(json, "radius", ball.radius())
          .set("center", TensorJson.write(ball.center()));
      return json;
    }
    if (region instanceof Region.Named named) {
      return named(json.put("kind", "named"), named);
    }
    return json.put("kind", region instanceof Region.Declared ? "declared" : "everything");
  }

  /** The inputs by name, each of its own; what is given stands there in full. */
  private static ObjectNode named(ObjectNode json, Region.Named named) {
    json.set("others", write(named.others()));
    ArrayNode inputs = json.putArray("inputs");
    named
        .ranges()
        .forEach((name, range) -> inputs.addObject().put("name", name).set("in", write(range)));
    named
        .given()
        .forEach(
            (name, value) ->
                inputs.addObject().put("name", name).set("given", TensorJson.write(tensor(value))));
    return json;
  }

  private static Tensor tensor(GivenValue value) {
    if (value instanceof GivenValue.Array array) {
      return array.tensor();
    }
    throw new IllegalArgumentException(
        "a number is no tensor of its input's type before model.asked(theorem) made it one");
  }

  private static Region named(StrictFields json) {
    Region region = read(json.object("others"));
    List<StrictFields> inputs = json.objects("inputs");
    if (region instanceof Region.Named) {
      throw StrictFields.malformed(json.place(), "a region of others without names", "names");
    }
    for (StrictFields input : inputs) {
      region = input.has("given") ? given(region, input) : within(region, input);
    }
    if (inputs.isEmpty()) {
      throw StrictFields.malformed(json.place(), "at least one named input", 0);
    }
    return region;
  }

  private static Region given(Region region, StrictFields input) {
    String name = input.only("name", "given").text("name");
    return region.given(name, TensorJson.read(input.object("given")));
  }

  private static Region within(Region region, StrictFields input) {
    String name = input.only("name", "in").text("name");
    Region own = read(input.object("in"));
    if (own instanceof Region.Range range) {
      return region.within(name, range.low(), range.high());
    }
    throw StrictFields.malformed(input.place(), "an interval", PropertyText.of(own));
  }

  static Region read(StrictFields json) {
    try {
      return switch (json.text("kind")) {
        case "range" ->
            new Region.Range(json.only("kind", "low", "high").number("low"), json.number("high"));
        case "box" ->
            new Region.Box(
                TensorJson.read(json.only("kind", "low", "high").object("low")),
                TensorJson.read(json.object("high")));
        case "ball" -> ball(json.only("kind", "norm", "radius", "center"));
        case "named" -> named(json.only("kind", "others", "inputs"));
        case "declared" -> known(new Region.Declared(), json);
        case "everything" -> known(new Region.Everything(), json);
        default ->
            throw StrictFields.malformed(json.place(), "a kind of region", json.text("kind"));
      };
    } catch (dev.axiomml.core.error.CertificateException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw StrictFields.refused(json.place(), "a region", e);
    }
  }

  private static Region known(Region region, StrictFields json) {
    json.only("kind");
    return region;
  }

  private static Region ball(StrictFields json) {
    return new Region.Ball(
        json.choice("norm", Region.Norm.values()),
        TensorJson.read(json.object("center")),
        json.number("radius"));
  }
}
