package dev.axiomml.interop.onnx.save;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** ONNX Runtime, which reads and runs what was written. */
public final class OtherRuntime {
  private static final Map<DType, OnnxJavaType> TYPES =
      Map.of(
          DType.FLOAT32, OnnxJavaType.FLOAT,
          DType.FLOAT64, OnnxJavaType.DOUBLE,
          DType.INT8, OnnxJavaType.INT8,
          DType.INT16, OnnxJavaType.INT16,
          DType.INT32, OnnxJavaType.INT32,
          DType.INT64, OnnxJavaType.INT64,
          DType.UINT8, OnnxJavaType.UINT8,
          DType.BOOL, OnnxJavaType.BOOL);

  private OtherRuntime() {}

  /** The outputs of a file for inputs, both in the file's order. */
  public static List<Tensor> run(Path file, List<Tensor> inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        return answers(environment, session, inputs);
      }
    }
  }

  private static List<Tensor> answers(
      OrtEnvironment environment, OrtSession session, List<Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> named = new LinkedHashMap<>();
    try {
      for (String name : session.getInputNames()) {
        named.put(name, given(environment, inputs.get(named.size())));
      }
      return answers(session, named);
    } finally {
      named.values().forEach(OnnxTensor::close);
    }
  }

  private static List<Tensor> answers(OrtSession session, Map<String, OnnxTensor> inputs)
      throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      List<Tensor> out = new ArrayList<>();
      for (Map.Entry<String, OnnxValue> entry : result) {
        out.add(made((OnnxTensor) entry.getValue()));
      }
      return out;
    }
  }

  private static OnnxTensor given(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] sizes = Arrays.stream(tensor.shape().sizes()).asLongStream().toArray();
    if (tensor.dtype() == DType.STRING) {
      String[] texts = new String[tensor.size()];
      Arrays.setAll(texts, tensor::textAt);
      return OnnxTensor.createTensor(environment, texts, sizes);
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(tensor.size() * tensor.dtype().bytes())
            .order(ByteOrder.nativeOrder());
    bytes.put(tensor.asBytes()).flip();
    return OnnxTensor.createTensor(environment, bytes, sizes, TYPES.get(tensor.dtype()));
  }

  private static Tensor made(OnnxTensor tensor) throws OrtException {
    Shape shape = Shape.of(tensor.getInfo().getShape());
    if (tensor.getInfo().type == OnnxJavaType.STRING) {
      String[] texts = flat(tensor.getValue()).map(String.class::cast).toArray(String[]::new);
      return Tensor.ofTexts(shape, texts);
    }
    DType dtype =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue() == tensor.getInfo().type)
            .findFirst()
            .orElseThrow()
            .getKey();
    ByteBuffer copy =
        ByteBuffer.allocate(shape.count() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    copy.put(tensor.getByteBuffer()).flip();
    return TensorMemory.adopt(shape, dtype, copy);
  }

  private static Stream<Object> flat(Object nested) {
    return nested instanceof Object[] all
        ? Arrays.stream(all).flatMap(OtherRuntime::flat)
        : Stream.of(nested);
  }
}
