package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyExternal;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A NumPy array; one of numbers is a tensor, any other stays inert. */
public final class NumpyArray implements PyExternal {
  private final CopyBudget budget;
  private @Nullable TensorView view;

  NumpyArray(CopyBudget budget) {
    this.budget = budget;
  }

  /** The array as a tensor; nothing for arrays of objects, text and records. */
  public Optional<TensorView> view() {
    return Optional.ofNullable(view);
  }

  /** (version, sizes, dtype, Fortran order, bytes or list). */
  @Override
  public void build(PyValue state, PickleLocation site) {
    PickleArguments given = new PickleArguments(List.of(state), site);
    PickleArguments parts = new PickleArguments(given.items(0), site);
    NumpyType type = parts.at(2, NumpyType.class);
    if (type.dtype().isEmpty() || parts.at(4) instanceof PyItems) {
      return;
    }
    byte[] bytes = parts.bytes(4);
    DType dtype = type.dtype().orElseThrow();
    boolean fortran = parts.at(3).equals(new PyValue.Bool(true));
    long[] sizes = parts.integers(1);
    TorchStorage storage =
        new TorchStorage(
            Optional.of(dtype), bytes.length, () -> FileRegion.of(bytes), type.isBigEndian());
    TensorView.Layout layout = fortran ? reversed(sizes) : TensorView.Layout.dense(sizes);
    view = budget.charged(TensorView.of(storage, dtype, layout, site), site);
  }

  private static TensorView.Layout reversed(long[] sizes) {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      strides[axis] = step;
      step *= Math.max(1, sizes[axis]);
    }
    return new TensorView.Layout(0, sizes, strides);
  }

  @Override
  public String toString() {
    return view == null ? "a NumPy array" : "a NumPy array " + view.type();
  }
}
