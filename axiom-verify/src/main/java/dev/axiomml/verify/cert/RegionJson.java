package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.property.Region;

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
    return json.put("kind", region instanceof Region.Declared ? "declared" : "everything");
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
