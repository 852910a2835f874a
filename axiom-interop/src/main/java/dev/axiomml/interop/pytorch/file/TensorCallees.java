package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.pytorch.pickle.PickleEnvironment.Callee;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;

/** What PyTorch's pickles call to make tensors and parameters. */
final class TensorCallees {
  private static final String UTILS = "torch._utils";

  private final PickleCallees table;
  private final CopyBudget budget;

  TensorCallees(PickleCallees table, CopyBudget budget) {
    this.table = table;
    this.budget = budget;
  }

  void add() {
    table.add(UTILS, "_rebuild_tensor", this::typed);
    table.add(UTILS, "_rebuild_tensor_v2", this::typed);
    table.add(UTILS, "_rebuild_tensor_v3", this::untyped);
    table.add(UTILS, "_rebuild_parameter", (a, s) -> new PickleArguments(a, s).at(0));
    table.add(UTILS, "_rebuild_parameter_with_state", (a, s) -> new PickleArguments(a, s).at(0));
    table.add("torch._tensor", "_rebuild_from_type", this::fromType);
    table.add("torch._tensor", "_rebuild_from_type_v2", this::fromType);
    refuse("_rebuild_sparse_tensor", "sparse", "tensor.to_dense()");
    refuse("_rebuild_sparse_csr_tensor", "sparse", "tensor.to_dense()");
    refuse("_rebuild_qtensor", "quantised", "tensor.dequantize()");
    refuse("_rebuild_nested_tensor", "nested", "torch.nested.to_padded_tensor(tensor, 0)");
    refuse("_rebuild_meta_tensor_no_storage", "meta", "a model with data, not on device meta");
    refuse("_rebuild_wrapper_subclass", "wrapped", "a plain tensor of each");
  }

  private void refuse(String name, String kind, String fix) {
    table.add(
        UTILS,
        name,
        (arguments, site) -> {
          throw site.fault(
              "a " + kind + " tensor (" + name + ")",
              "dense strided tensors are read; this one has no plain elements",
              "save " + fix);
        });
  }

  /** (storage, offset, sizes, strides, …). */
  private PyValue typed(List<PyValue> arguments, PickleLocation site) {
    PickleArguments given = new PickleArguments(arguments, site);
    TorchStorage storage = given.at(0, TorchStorage.class);
    DType dtype =
        storage
            .type()
            .orElseThrow(() -> site.damaged("an untyped storage", "the tensor's dtype is missing"));
    return view(storage, dtype, given);
  }

  /** (storage, offset, sizes, strides, requires grad, hooks, dtype, …). */
  private PyValue untyped(List<PyValue> arguments, PickleLocation site) {
    PickleArguments given = new PickleArguments(arguments, site);
    return view(given.at(0, TorchStorage.class), ElementTypes.ofName(given.at(6), site), given);
  }

  private PyValue view(TorchStorage storage, DType dtype, PickleArguments given) {
    TensorView.Layout layout =
        new TensorView.Layout(given.integer(1), given.integers(2), given.integers(3));
    return budget.charged(TensorView.of(storage, dtype, layout, given.site()), given.site());
  }

  /** (callable, class, its arguments, state): the subclass of tensor is left out. */
  private PyValue fromType(List<PyValue> arguments, PickleLocation site) {
    PickleArguments given = new PickleArguments(arguments, site);
    PyValue name = given.at(0);
    boolean itself =
        name instanceof PyValue.Global global && global.module().equals("torch._tensor");
    Callee callee =
        table
            .find(name)
            .filter(known -> !itself)
            .orElseThrow(
                () ->
                    site.fault(
                        "a call of the unknown global " + name,
                        "a tensor is made by one of a closed table of constructors",
                        "save plain tensors"));
    return callee.call(given.at(2, PyItems.class).items(), site);
  }
}
