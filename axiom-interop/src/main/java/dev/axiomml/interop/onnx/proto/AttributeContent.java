package dev.axiomml.interop.onnx.proto;

import java.util.Arrays;

/** The contents of a setting: the number that says so, and the field that holds it. */
enum AttributeContent {
  FLOAT(1, 2),
  INT(2, 3),
  STRING(3, 4),
  TENSOR(4, 5),
  GRAPH(5, 6),
  FLOATS(6, 7),
  INTS(7, 8),
  STRINGS(8, 9),
  TENSORS(9, 10),
  GRAPHS(10, 11),
  SPARSE_TENSOR(11, 22),
  SPARSE_TENSORS(12, 23),
  TYPE_PROTO(13, 14),
  TYPE_PROTOS(14, 15);

  private final int number;
  private final int field;

  AttributeContent(int number, int field) {
    this.number = number;
    this.field = field;
  }

  /** Its number in {@code AttributeProto.type}. */
  int number() {
    return number;
  }

  /** The name of a number; of one that the format does not have, a name that no content has. */
  static String name(int number) {
    return Arrays.stream(values())
        .filter(content -> content.number == number)
        .map(AttributeContent::name)
        .findFirst()
        .orElse(number == 0 ? "UNDEFINED" : "of kind number " + number);
  }

  /** The number of the field of {@code AttributeProto} that holds it. */
  int field() {
    return field;
  }
}
