package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Architectures;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.Axiom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** MODEL with the options that say how it is to be read. */
public final class ModelArgument {
  private static final String ZOO = "zoo:";

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file with a graph inside, or zoo:NAME.")
  private String model = "";

  @Option(
      names = "--input-shape",
      paramLabel = "N,C,H,W",
      description =
          "An input's sizes, batch first, in the file's order; for files that do not say. Once for"
              + " each input.")
  private List<String> shapes = new ArrayList<>();

  /** A model by name, for commands where it is not the first argument. */
  public static ModelArgument of(String model, List<String> shapes) {
    ModelArgument argument = new ModelArgument();
    argument.model = model;
    argument.shapes = shapes;
    return argument;
  }

  /** The file that it is read from; none for a network of the zoo. */
  public Optional<Path> file() {
    return model.startsWith(ZOO) ? Optional.empty() : Optional.of(PathConverter.path(model));
  }

  /** The model in the given layout. */
  public Model<?> open(Layout layout) {
    Optional<Path> file = file();
    if (file.isEmpty()) {
      return architecture(model.substring(ZOO.length())).build();
    }
    InputSpec[] specs = shapes.stream().map(ModelArgument::spec).toArray(InputSpec[]::new);
    return Axiom.load(file.get(), layout, specs);
  }

  private static Architectures.Architecture architecture(String name) {
    List<Architectures.Architecture> all = new ArrayList<>();
    ServiceLoader.load(Architectures.class).forEach(zoo -> all.addAll(zoo.all()));
    return all.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelImportException(
                    new Diagnosis(
                        "no network called " + name + " in the zoo",
                        ZOO + name,
                        "the zoo holds "
                            + all.stream().map(Architectures.Architecture::name).toList(),
                        "write zoo: and one of these names")));
  }

  private static InputSpec spec(String text) {
    List<Dim> dims = new ArrayList<>();
    for (String size : text.split(",", -1)) {
      if (!size.strip().matches("[0-9]{1,9}")) {
        throw new ModelImportException(
            new Diagnosis(
                "--input-shape " + text,
                "the command line",
                "sizes are whole numbers with commas between, the batch first",
                "write e.g. --input-shape 1,1,28,28"));
      }
      dims.add(Dim.of(Long.parseLong(size.strip())));
    }
    return InputSpec.of(new Shape(dims.subList(1, dims.size())));
  }
}
