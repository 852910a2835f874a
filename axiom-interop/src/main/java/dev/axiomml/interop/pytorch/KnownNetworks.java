package dev.axiomml.interop.pytorch;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Architectures;
import dev.axiomml.core.model.Architectures.Architecture;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.pytorch.file.WeightTensors;
import dev.axiomml.interop.weights.ModelWeights;
import dev.axiomml.interop.weights.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Weights without a graph, which fit exactly one network of those on the class path. */
final class KnownNetworks {
  private static final String COUNTER = "num_batches_tracked";

  private KnownNetworks() {}

  /** The network with these weights. @throws ModelImportException when none or several fit */
  static Model<?> of(ModelFile file) {
    StateDict tensors = WeightTensors.of(file);
    for (StateDict spelling : tensors.spellings()) {
      List<Architecture> fitting = fitting(shapes(spelling));
      if (fitting.size() == 1) {
        return ModelWeights.into(fitting.get(0).blank(), used(spelling, fitting.get(0)));
      }
      if (fitting.size() > 1) {
        throw refused(file, "the weights fit " + fitting.stream().map(Architecture::name).toList());
      }
    }
    throw refused(file, "the file holds " + tensors.size() + " tensors but no graph");
  }

  /** The file without what only training uses. */
  private static StateDict used(StateDict tensors, Architecture network) {
    Map<String, Shape> aside = network.trainingOnly();
    return StateDict.of(
        tensors.place(),
        tensors.entries().stream().filter(e -> !aside.containsKey(e.name())).toList());
  }

  private static boolean fits(Architecture network, Map<String, Shape> shapes) {
    if (!network.mayHave(shapes.keySet())) {
      return false;
    }
    Map<String, Shape> wanted = bare(network.parameters());
    Map<String, Shape> whole = new TreeMap<>(wanted);
    whole.putAll(network.trainingOnly());
    return wanted.equals(shapes) || whole.equals(shapes);
  }

  private static List<Architecture> fitting(Map<String, Shape> shapes) {
    List<Architecture> fitting = new ArrayList<>();
    for (Architectures zoo : ServiceLoader.load(Architectures.class)) {
      zoo.all().stream().filter(a -> fits(a, shapes)).forEach(fitting::add);
    }
    return fitting;
  }

  private static Map<String, Shape> shapes(StateDict tensors) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (String name : tensors.names()) {
      tensors.type(name).ifPresent(type -> shapes.put(name, type.shape()));
    }
    return bare(shapes);
  }

  private static Map<String, Shape> bare(Map<String, Shape> shapes) {
    Map<String, Shape> kept = new TreeMap<>(shapes);
    kept.keySet().removeIf(name -> name.endsWith(COUNTER));
    return kept;
  }

  private static ModelImportException refused(ModelFile file, String what) {
    return file.place()
        .fault(
            what,
            "it is "
                + file.kind().title()
                + "; weights alone open only as the one known network (axiom-dsl brings them)"
                + " whose names and shapes they equal",
            "build the model and call PyTorch.loadInto(model, path), or save the graph with"
                + " torch.export.save");
  }
}
