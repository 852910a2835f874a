package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.FieldContent.WHOLE;
import static dev.axiomml.interop.onnx.proto.MessageField.choice;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.util.List;

/** Sizes, each a number or a name. */
public final class TensorShapeProto extends OnnxMessage {
  static final MessageForm<TensorShapeProto> FORM =
      MessageForm.of(
          "TensorShapeProto", TensorShapeProto::new, many(1, "dim", () -> Dimension.FORM));

  private TensorShapeProto(FieldValues values) {
    super(values);
  }

  /** A shape of sizes; a scalar has none. */
  public static TensorShapeProto of(List<Dimension> sizes) {
    return new TensorShapeProto(FORM.empty().values().with(1, List.copyOf(sizes)));
  }

  public List<Dimension> getDimList() {
    return list(1);
  }

  public int getDimCount() {
    return getDimList().size();
  }

  public Dimension getDim(int axis) {
    return getDimList().get(axis);
  }

  /** One size. */
  public static final class Dimension extends OnnxMessage {
    static final MessageForm<Dimension> FORM =
        MessageForm.of(
            "TensorShapeProto.Dimension",
            Dimension::new,
            choice(1, "dim_value", WHOLE),
            choice(2, "dim_param", TEXT),
            unused(3, "denotation"));

    private Dimension(FieldValues values) {
      super(values);
    }

    /** A size of which nothing is said. */
    public static Dimension open() {
      return FORM.empty();
    }

    /** A number. */
    public static Dimension of(long size) {
      return new Dimension(FORM.empty().values().with(1, size));
    }

    /** A name. */
    public static Dimension of(String name) {
      return new Dimension(FORM.empty().values().with(2, name));
    }

    public boolean hasDimValue() {
      return has(1);
    }

    public long getDimValue() {
      return whole(1);
    }

    public String getDimParam() {
      return text(2);
    }
  }
}
