package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * An image read at positions that are a value themselves; once they are known it is a {@link
 * SampleAt}.
 *
 * <p>Shape: image (N, spatial…, C) and positions (N or 1, out…, axes) to (N, out…, C). Positions
 * are in pixels, one number for each spatial axis in the order of the axes.
 *
 * @param reading how a position is read
 */
public record GridSample(PixelReading reading) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    DType dtype = FamilyTypes.floats(this, in.subList(0, 1));
    FamilyTypes.floats(this, in.subList(1, 2));
    return List.of(Type.of(SampleAt.out(in.get(0).shape(), in.get(1).shape()), dtype));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor image = in.get(0).tensor();
    SampleAt known = new SampleAt(in.get(1).tensor(), reading);
    List<Shape> shapes = List.of(image.shape());
    double[] y = new double[known.out(shapes).count()];
    double[] weights = known.table(shapes).toDoubles();
    LinearEngine.plain().run(known.nests(0, shapes), y, image.toDoubles(), weights);
    return List.of(Tensor.ofDoubles(known.out(shapes), image.dtype(), y));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known.get(1).tensor().map(at -> OpLowering.to(new SampleAt(at, reading), 0));
  }

  @Override
  public String whyNoBound() {
    return "where it reads depends on an input";
  }
}
