package dev.axiomml.interop.onnx.conformance;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.file.OnnxTensors;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.ModelProto;
import dev.axiomml.interop.onnx.proto.OptionalProto;
import dev.axiomml.interop.onnx.proto.SequenceProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import dev.axiomml.interop.onnx.proto.TypeProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Inputs of a test and what is expected for them. */
public record GoldenSet(List<RuntimeValue> inputs, List<RuntimeValue> outputs) {
  public GoldenSet {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  public static GoldenSet of(Path model, Path set) {
    try {
      GraphProto graph =
          ModelProto.parseFrom(ByteBuffer.wrap(Files.readAllBytes(model))).getGraph();
      List<String> weights = graph.getInitializerList().stream().map(TensorProto::getName).toList();
      List<ValueInfoProto> given =
          graph.getInputList().stream().filter(v -> !weights.contains(v.getName())).toList();
      return new GoldenSet(read(set, "input_", given), read(set, "output_", graph.getOutputList()));
    } catch (IOException e) {
      throw OnnxFile.bad(
          set, "cannot read a test: " + e, "inputs and outputs lie beside it", "copy them again");
    }
  }

  private static List<RuntimeValue> read(Path set, String prefix, List<ValueInfoProto> values)
      throws IOException {
    List<RuntimeValue> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Path file = set.resolve(prefix + i + ".pb");
      if (!Files.exists(file)) {
        break;
      }
      all.add(datum(file, Files.readAllBytes(file), values.get(i).getType()));
    }
    return all;
  }

  private static RuntimeValue datum(Path file, byte[] bytes, TypeProto type) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    OnnxTensors tensors = new OnnxTensors(file, true);
    if (type.hasSequenceType()) {
      return sequence(tensors, SequenceProto.parseFrom(in));
    }
    if (type.hasOptionalType()) {
      OptionalProto optional = OptionalProto.parseFrom(in);
      if (optional.hasTensorValue()) {
        return new RuntimeValue.Maybe(Optional.of(tensors.read(optional.getTensorValue())));
      }
      return new RuntimeValue.Maybe(
          optional.hasSequenceValue()
              ? Optional.of(sequence(tensors, optional.getSequenceValue()))
              : Optional.empty());
    }
    return encoded(tensors.read(TensorProto.parseFrom(in)), type);
  }

  /** Older tests hold bfloat16 as its bits. */
  private static Tensor encoded(Tensor tensor, TypeProto type) {
    boolean bits =
        tensor.dtype() == DType.UINT16
            && OnnxElementTypes.of(type.getTensorType().getElemType())
                .filter(dtype -> dtype == DType.BFLOAT16)
                .isPresent();
    return bits ? TensorMemory.adopt(tensor.shape(), DType.BFLOAT16, tensor.asBytes()) : tensor;
  }

  private static RuntimeValue sequence(OnnxTensors tensors, SequenceProto proto) {
    List<RuntimeValue> elements = new ArrayList<>();
    proto.getTensorValuesList().forEach(tensor -> elements.add(tensors.read(tensor)));
    proto.getSequenceValuesList().forEach(inner -> elements.add(sequence(tensors, inner)));
    return new RuntimeValue.Sequence(elements);
  }

  /** The first difference, in words. */
  public Optional<String> difference(List<RuntimeValue> answers, ConformanceRow row) {
    if (answers.size() < outputs.size()) {
      return Optional.of(answers.size() + " outputs for " + outputs.size());
    }
    for (int i = 0; i < outputs.size(); i++) {
      Optional<String> one = difference(answers.get(i), outputs.get(i), row);
      if (one.isPresent()) {
        return Optional.of("output " + i + ": " + one.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      RuntimeValue answer, RuntimeValue wanted, ConformanceRow row) {
    if (wanted instanceof Tensor tensor) {
      return answer instanceof Tensor given
          ? within(given, tensor, row)
          : Optional.of(answer + " is no tensor");
    }
    List<RuntimeValue> left = elements(answer);
    List<RuntimeValue> right = elements(wanted);
    if (left.size() != right.size()) {
      return Optional.of(left.size() + " elements for " + right.size());
    }
    for (int i = 0; i < left.size(); i++) {
      Optional<String> one = difference(left.get(i), right.get(i), row);
      if (one.isPresent()) {
        return one;
      }
    }
    return Optional.empty();
  }

  private static List<RuntimeValue> elements(RuntimeValue datum) {
    if (datum instanceof RuntimeValue.Sequence sequence) {
      return sequence.elements();
    }
    return datum instanceof RuntimeValue.Maybe maybe
        ? maybe.value().map(List::of).orElse(List.of())
        : List.of(datum);
  }

  private static Optional<String> within(Tensor given, Tensor wanted, ConformanceRow row) {
    if (!given.type().equals(wanted.type())) {
      return Optional.of(given.type() + " for " + wanted.type());
    }
    for (int i = 0; row.compared() && i < wanted.size(); i++) {
      if (!same(given, wanted, i, row)) {
        return Optional.of(
            "element " + i + " is " + element(given, i) + ", expected " + element(wanted, i));
      }
    }
    return Optional.empty();
  }

  private static String element(Tensor tensor, int i) {
    return tensor.dtype() == DType.STRING ? tensor.textAt(i) : "" + tensor.doubleAt(i);
  }

  private static boolean same(Tensor given, Tensor wanted, int i, ConformanceRow row) {
    if (wanted.dtype() == DType.STRING) {
      return given.textAt(i).equals(wanted.textAt(i));
    }
    if (!wanted.dtype().isFloat() && row.absolute() < 1) {
      return given.longAt(i) == wanted.longAt(i);
    }
    double a = given.doubleAt(i);
    double b = wanted.doubleAt(i);
    double relative = Math.max(row.relative(), step(wanted.dtype()));
    return Double.compare(a, b) == 0
        || a == b
        || Math.abs(a - b) <= row.absolute() + relative * Math.abs(b);
  }

  /** A bfloat16 has eight digits: cut off, as older tests were, it is up to one step away. */
  private static double step(DType dtype) {
    return dtype == DType.BFLOAT16 ? 0x1p-7 : 0;
  }
}
