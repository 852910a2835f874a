package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
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
record ModuleBody(
    ModuleTree tree, String path, LayerChain chain, BiConsumer<ModuleTree, String> children) {
  /** The value so far. */
  AtenItem.Ref value() {
    return chain.at();
  }

  /** Goes on from a value. */
  ModuleBody from(AtenItem.Ref value) {
    chain.moveTo(value);
    return this;
  }

  /** Runs children one after another and returns the last output. */
  AtenItem.Ref through(String... names) {
    for (String name : names) {
      children.accept(child(name), below(name));
    }
    return value();
  }

  /** Runs all children in their order. */
  AtenItem.Ref throughAll() {
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
  AtenItem.Ref call(String target, AtenItem... more) {
    chain.call(path.isEmpty() ? target : below(target), target, more);
    return value();
  }

  /** A call on other values. */
  AtenItem.Ref call(String target, List<AtenItem.Ref> values, AtenItem... more) {
    chain.moveTo(values.get(0));
    AtenItem[] all = new AtenItem[values.size() - 1 + more.length];
    for (int i = 1; i < values.size(); i++) {
      all[i - 1] = values.get(i);
    }
    System.arraycopy(more, 0, all, values.size() - 1, more.length);
    return call(target, all);
  }

  /** A call whose first argument is no value so far. */
  AtenItem.Ref callOn(String target, AtenItem first, AtenItem... more) {
    chain.callOn(below(target), target, first, more);
    return value();
  }

  AtenItem.Ref plus(AtenItem.Ref a, AtenItem.Ref b) {
    return call("add", List.of(a, b));
  }

  /** Values one after another along the channels. */
  AtenItem.Ref cat(AtenItem.Ref... parts) {
    return callOn("cat", new AtenItem.Many(List.of(parts)), AtenItem.of(1));
  }

  /** A tensor of this module, under its name. */
  AtenItem weight(String name) {
    var view = tree.parameters().getOrDefault(name, tree.buffers().get(name));
    return view == null ? AtenItem.NOTHING : chain.pickled().item(view, below(name));
  }

  /** A setting. */
  AtenItem item(String name) {
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
