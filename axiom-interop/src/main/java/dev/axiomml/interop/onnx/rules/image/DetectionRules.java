package dev.axiomml.interop.onnx.rules.image;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.List;
import java.util.Map;

/** Steps of object detectors, which only run: what they take depends on where boxes lie. */
public final class DetectionRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("NonMaxSuppression", DetectionRules::suppression),
          entry("RoiAlign", DetectionRules::roiAlign));

  private DetectionRules() {}

  private static List<Value> suppression(OnnxNodeContext at) {
    Shape out = Shape.of(Dim.symbol(at.symbol()), Dim.of(3));
    return at.run(List.of(Type.of(out, DType.INT64)), NonMaxSuppression::run);
  }

  private static List<Value> roiAlign(OnnxNodeContext at) {
    String mode = at.attributes().text("mode", "avg");
    if (!mode.equals("avg") && !mode.equals("max")) {
      throw at.refuse("mode " + mode, "avg and max are known");
    }
    boolean early = at.version() < 16;
    String where =
        at.attributes()
            .text("coordinate_transformation_mode", early ? "output_half_pixel" : "half_pixel");
    boolean half = where.equals("half_pixel");
    if (!half && !where.equals("output_half_pixel")) {
      throw at.refuse("coordinates " + where, "half_pixel and output_half_pixel are known");
    }
    Shape out =
        Shape.of(
            at.shape(1).dim(0),
            at.shape(0).dim(1),
            Dim.of(at.attributes().integer("output_height", 1)),
            Dim.of(at.attributes().integer("output_width", 1)));
    return at.run(
        List.of(Type.of(out, at.dtype(0))), (settings, in) -> RoiPool.run(settings, in, half));
  }
}
