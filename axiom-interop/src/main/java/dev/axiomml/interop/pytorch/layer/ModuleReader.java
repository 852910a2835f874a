package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.pytorch.file.ModuleTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a pickled module that is nothing but {@code nn.Sequential}s and layers of torch.nn. */
public final class ModuleReader {
  private static final List<String> TENSORS =
      List.of("weight", "bias", "running_mean", "running_var");
  private static final String LAYERS = "torch.nn.modules.";

  private final Chain chain = new Chain("input");
  private final Pickled pickled = new Pickled();

  private ModuleReader() {}

  /**
   * The program of a module.
   *
   * @param known the type of a batch, where somebody knows it
   * @throws ModelImportException naming the class whose forward() is not in the file
   */
  public static Program read(ModuleTree root, Optional<Type> known) {
    ModuleReader reader = new ModuleReader();
    reader.add(root, "");
    return reader.chain.program(known);
  }

  private void add(ModuleTree tree, String path) {
    String name = tree.type().name();
    if (name.equals("Sequential") && tree.type().module().equals(LAYERS + "container")) {
      tree.children().forEach((key, child) -> add(child, path.isEmpty() ? key : path + "." + key));
      return;
    }
    if (!tree.type().module().startsWith(LAYERS) || !tree.children().isEmpty()) {
      throw unknown(tree, path);
    }
    chain.add(new Layer(path, name, fields(tree, path)));
  }

  private Map<String, Item> fields(ModuleTree tree, String path) {
    String below = path.isEmpty() ? "" : path + ".";
    Map<String, Item> fields = new LinkedHashMap<>();
    TENSORS.forEach(tensor -> fields.put(tensor, Item.NOTHING));
    tree.attributes().forEach((key, value) -> fields.put(key, pickled.item(value, below + key)));
    tree.parameters().forEach((key, value) -> fields.put(key, pickled.item(value, below + key)));
    tree.buffers().forEach((key, value) -> fields.put(key, pickled.item(value, below + key)));
    return fields;
  }

  private static ModelImportException unknown(ModuleTree tree, String path) {
    return new ModelImportException(
        new Diagnosis(
            "the file does not hold what forward() of class " + tree.type() + " does",
            path.isEmpty() ? "the module itself" : "module " + path,
            "torch.save(model) writes weights and settings but no code; only nn.Sequential says"
                + " by itself what runs",
            "save the graph as well: torch.export.save, torch.jit.trace or torch.onnx.export; or"
                + " build the model and call PyTorch.loadInto(model, path)"));
  }
}
