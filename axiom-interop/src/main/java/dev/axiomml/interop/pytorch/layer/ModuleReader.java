package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.file.ModuleTree;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a pickled module of classes whose forward is known: torch.nn's layers and containers,
 * torchvision's networks.
 */
public final class ModuleReader {
  private static final List<String> TENSORS =
      List.of("weight", "bias", "running_mean", "running_var");
  private static final String LAYERS = "torch.nn.modules.";

  private final LayerChain chain = new LayerChain("input");

  private ModuleReader() {}

  /**
   * The program of a module.
   *
   * @param known the type of a batch, where somebody knows it
   * @throws ModelImportException naming the class whose forward() is not in the file
   */
  public static AtenProgram read(ModuleTree root, Optional<Type> known) {
    ModuleReader reader = new ModuleReader();
    reader.add(root, "");
    return reader.chain.program(known);
  }

  private void add(ModuleTree tree, String path) {
    requireUnhooked(tree, path);
    Optional<KnownForwards.Row> known = KnownForwards.of(tree.type());
    if (known.isPresent()) {
      known.get().run(new ModuleBody(tree, path, chain, this::add));
      return;
    }
    if (!tree.type().module().startsWith(LAYERS) || !tree.children().isEmpty()) {
      throw unknown(tree, path);
    }
    chain.add(new TorchLayer(path, tree.type().name(), fields(tree, path)));
  }

  /** A hook runs code of its own beside forward(). */
  static void requireUnhooked(ModuleTree tree, String path) {
    for (String hooks : List.of("_forward_hooks", "_forward_pre_hooks")) {
      boolean some =
          tree.attribute(hooks)
              .filter(value -> value instanceof PyDict dict && !dict.entries().isEmpty())
              .isPresent();
      if (some) {
        throw refused("the module has " + hooks + ", whose code is not in the file", path);
      }
    }
    if (tree.attribute("forward").isPresent()) {
      throw refused("the module has a forward of its own, whose code is not in the file", path);
    }
  }

  private Map<String, AtenItem> fields(ModuleTree tree, String path) {
    String below = path.isEmpty() ? "" : path + ".";
    Map<String, AtenItem> fields = new LinkedHashMap<>();
    TENSORS.forEach(tensor -> fields.put(tensor, AtenItem.NOTHING));
    tree.attributes()
        .forEach((key, value) -> fields.put(key, chain.pickled().item(value, below + key)));
    tree.parameters()
        .forEach((key, value) -> fields.put(key, chain.pickled().item(value, below + key)));
    tree.buffers()
        .forEach((key, value) -> fields.put(key, chain.pickled().item(value, below + key)));
    return fields;
  }

  private static ModelImportException unknown(ModuleTree tree, String path) {
    return refused("the file does not hold what forward() of class " + tree.type() + " does", path);
  }

  private static ModelImportException refused(String what, String path) {
    return new ModelImportException(
        new Diagnosis(
            what,
            path.isEmpty() ? "the module itself" : "module " + path,
            "torch.save(model) writes weights and settings but no code; known are the layers and"
                + " containers of torch.nn and the networks of torchvision",
            "save the graph as well: torch.export.save, torch.jit.trace or torch.onnx.export; or"
                + " build the model and call PyTorch.loadInto(model, path)"));
  }
}
