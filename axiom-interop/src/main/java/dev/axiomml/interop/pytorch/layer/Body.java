package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.file.ModuleTree;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A pickled module of a class whose forward is known, while that is written down.
 *
 * @param tree the module
 * @param path where it stands
 * @param chain the calls so far and the value they lead to
 * @param children writes down a child at a path
 */
record Body(ModuleTree tree, String path, Chain chain, BiConsumer<ModuleTree, String> children) {
  /** The value so far. */
  Item.Ref value() {
    return chain.at();
  }

  /** Goes on from a value. */
  Body from(Item.Ref value) {
    chain.moveTo(value);
    return this;
  }

  /** Runs children one after another; what comes out. */
  Item.Ref through(String... names) {
    for (String name : names) {
      children.accept(child(name), below(name));
    }
    return value();
  }

  /** Runs all children in their order. */
  Item.Ref throughAll() {
    return through(tree.children().keySet().toArray(new String[0]));
  }

  ModuleTree child(String name) {
    ModuleTree child = tree.children().get(name);
    if (child == null) {
      throw wrong("submodule " + name + " is missing");
    }
    return child;
  }

  boolean has(String name) {
    return tree.children().containsKey(name);
  }

  /** A call on the value so far. */
  Item.Ref call(String target, Item... more) {
    chain.call(path.isEmpty() ? target : below(target), target, more);
    return value();
  }

  /** A call on other values. */
  Item.Ref call(String target, List<Item.Ref> values, Item... more) {
    chain.moveTo(values.get(0));
    Item[] all = new Item[values.size() - 1 + more.length];
    for (int i = 1; i < values.size(); i++) {
      all[i - 1] = values.get(i);
    }
    System.arraycopy(more, 0, all, values.size() - 1, more.length);
    return call(target, all);
  }

  /** A call whose first argument is no value so far. */
  Item.Ref callOn(String target, Item first, Item... more) {
    chain.callOn(below(target), target, first, more);
    return value();
  }

  Item.Ref plus(Item.Ref a, Item.Ref b) {
    return call("add", List.of(a, b));
  }

  /** Values one after another along the channels. */
  Item.Ref cat(Item.Ref... parts) {
    return callOn("cat", new Item.Many(List.of(parts)), Item.of(1));
  }

  /** A tensor of this module, under its name. */
  Item weight(String name) {
    var view = tree.parameters().getOrDefault(name, tree.buffers().get(name));
    return view == null ? Item.NOTHING : chain.pickled().item(view, below(name));
  }

  /** A setting. */
  Item item(String name) {
    return chain.pickled().item(tree.attribute(name).orElseThrow(() -> absent(name)), name);
  }

  boolean flag(String name) {
    if (tree.attribute(name).orElseThrow(() -> absent(name)) instanceof PyValue.Bool flag) {
      return flag.value();
    }
    throw absent(name);
  }

  boolean flag(String name, boolean absent) {
    return tree.attribute(name).isPresent() ? flag(name) : absent;
  }

  long whole(String name) {
    return tree.attribute(name)
        .filter(value -> value instanceof PyValue.Int)
        .map(value -> ((PyValue.Int) value).value())
        .orElseThrow(() -> absent(name));
  }

  double real(String name) {
    PyValue value = tree.attribute(name).orElseThrow(() -> absent(name));
    return value instanceof PyValue.Real real ? real.value() : whole(name);
  }

  String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private ModelImportException absent(String name) {
    return wrong("attribute " + name + " is missing or of another kind");
  }

  ModelImportException wrong(String what) {
    return new ModelImportException(
        new Diagnosis(
            what,
            "module " + (path.isEmpty() ? "itself" : path) + " of class " + tree.type(),
            "what its forward() does depends on it",
            "save the graph instead: torch.export.save, torch.jit.trace or torch.onnx.export"));
  }
}
