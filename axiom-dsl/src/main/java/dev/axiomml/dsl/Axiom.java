package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.core.property.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Where a model starts to be written, or is opened.
 *
 * <pre>{@code
 * Model<Probabilities> digits = Axiom.model("digits")
 *     .input(image(28, 28, 1))
 *     .conv(32, 3).relu().maxPool(2)
 *     .flatten()
 *     .dense(10).softmax()
 *     .output(probabilities(10))
 *     .ensure(validProbabilities())
 *     .build();
 * Model<?> loaded = Axiom.load(java.nio.file.Path.of("model.pt2"));
 * }</pre>
 */
public final class Axiom {
  private static final String IN_MEMORY = "model";

  private Axiom() {}

  /** A new model of a name; its weights start from seed 0. */
  public static ModelOutline model(String name) {
    return new ModelOutline(name, 0);
  }

  /**
   * The model in a file of any kind that a reader on the class path opens, found by content: with
   * {@code axiom-interop} those of PyTorch, ONNX and safetensors.
   *
   * <p>Inputs and outputs of spatial operators are channels-last, others as in the file; a free
   * batch is {@code N}.
   *
   * @param inputs what the inputs look like, in order, where the file does not say it
   * @throws ModelImportException when the file is of a kind that is not read, or damaged, or no
   *     reader is on the class path
   */
  public static Model<?> load(Path path, InputSpec... inputs) {
    return load(ModelReader.Source.of(path), Layout.CHANNELS_LAST, inputs);
  }

  /** {@link #load(Path, InputSpec...)} with the axes of inputs and outputs in a chosen order. */
  public static Model<?> load(Path path, Layout layout, InputSpec... inputs) {
    return load(ModelReader.Source.of(path), layout, inputs);
  }

  /** {@link #load(Path, InputSpec...)} of a file's bytes, which are copied. */
  public static Model<?> load(byte[] bytes, InputSpec... inputs) {
    return load(ByteBuffer.wrap(bytes.clone()), inputs);
  }

  /**
   * {@link #load(Path, InputSpec...)} of a file's bytes, position to limit; they are not copied and
   * must not change while the model is in use.
   */
  public static Model<?> load(ByteBuffer bytes, InputSpec... inputs) {
    return load(ModelReader.Source.of(IN_MEMORY, bytes), Layout.CHANNELS_LAST, inputs);
  }

  /** {@link #load(Path, InputSpec...)} of what is left of a stream, which is not closed. */
  public static Model<?> load(InputStream stream, InputSpec... inputs) {
    return load(ModelReader.Source.of(IN_MEMORY, stream), Layout.CHANNELS_LAST, inputs);
  }

  /**
   * {@link #load(Path, InputSpec...)} of a resource on the class path.
   *
   * @param beside a class of the jar or module that holds it; in a named module the resource's
   *     package is open to {@code dev.axiomml.dsl}
   * @param name as of {@link Class#getResourceAsStream}: {@code model.onnx} beside the class,
   *     {@code /models/model.onnx} from the root
   */
  public static Model<?> loadResource(Class<?> beside, String name, InputSpec... inputs) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      ModelReader.Source source = ModelReader.Source.of(name, found(stream, beside, name));
      return load(source, Layout.CHANNELS_LAST, inputs);
    } catch (IOException e) {
      throw new FilePlace(name)
          .fault("cannot close the resource", String.valueOf(e), "check the jar that it is in");
    }
  }

  private static InputStream found(@Nullable InputStream stream, Class<?> beside, String name) {
    if (stream == null) {
      throw new FilePlace(name)
          .fault(
              "no such resource beside " + beside.getName(),
              "a name that begins with / is looked for from the root of the class path, others"
                  + " beside the class; a named module must open the package",
              "write Axiom.loadResource(" + beside.getSimpleName() + ".class, \"/models/NAME\")");
    }
    return stream;
  }

  /** {@link #load(Path, InputSpec...)} of bytes anywhere, in a chosen order of axes. */
  public static Model<?> load(ModelReader.Source source, Layout layout, InputSpec... inputs) {
    List<ModelReader> readers =
        ServiceLoader.load(ModelReader.class).stream().map(ServiceLoader.Provider::get).toList();
    return readers.stream()
        .filter(reader -> reader.recognizes(source))
        .findFirst()
        .or(() -> readers.stream().findFirst())
        .orElseThrow(() -> noReader(source))
        .read(source, layout, List.of(inputs));
  }

  private static ModelImportException noReader(ModelReader.Source source) {
    return new ModelImportException(
        new Diagnosis(
            "no reader of models on the class path",
            source.path().toString(),
            "files are opened by the module axiom-interop",
            "add dev.axiomml:axiom-interop to the pom"));
  }

  /**
   * Any model, about to be guarded: {@code Axiom.guard(model).ensure(noNaN())} is the model with
   * every prediction checked.
   */
  public static <O extends Output> ModelGuard<O> guard(Model<O> model) {
    return new ModelGuard<>(model);
  }
}
