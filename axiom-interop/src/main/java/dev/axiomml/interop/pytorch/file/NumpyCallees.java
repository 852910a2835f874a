package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.Optional;

/** What pickles call to make NumPy's arrays and scalars. */
final class NumpyCallees {
  private static final List<String> ARRAYS =
      List.of("numpy.core.multiarray", "numpy._core.multiarray");
  private static final List<String> NUMERIC = List.of("numpy.core.numeric", "numpy._core.numeric");

  private NumpyCallees() {}

  static void addTo(PickleCallees table, CopyBudget budget) {
    table.add("numpy", "dtype", NumpyCallees::dtype);
    table.add(ARRAYS, "_reconstruct", (arguments, site) -> new NumpyArray(budget));
    table.add(ARRAYS, "scalar", NumpyCallees::scalar);
    table.add(NUMERIC, "_frombuffer", (a, s) -> array(budget, new PickleArguments(a, s)));
  }

  private static PyValue dtype(List<PyValue> arguments, PickleLocation site) {
    PyValue code = new PickleArguments(arguments, site).at(0);
    return new NumpyType(code.toString());
  }

  /** (bytes, dtype, sizes, order): protocol 5. */
  private static PyValue array(CopyBudget budget, PickleArguments given) {
    PyValue fortran = new PyValue.Bool(given.at(3).equals(new PyValue.Text("F")));
    NumpyArray array = new NumpyArray(budget);
    List<PyValue> state =
        List.of(new PyValue.Int(1), given.at(2), given.at(1), fortran, given.at(0));
    array.build(PyItems.of(PyItems.Kind.TUPLE, state), given.site());
    return array;
  }

  private static PyValue scalar(List<PyValue> arguments, PickleLocation site) {
    PickleArguments given = new PickleArguments(arguments, site);
    NumpyType type = given.at(0, NumpyType.class);
    if (type.dtype().isEmpty()) {
      return new PyObject(new PyValue.Global("numpy", "generic"), arguments);
    }
    byte[] bytes = given.bytes(1);
    DType dtype = type.dtype().get();
    TorchStorage storage =
        new TorchStorage(
            Optional.of(dtype), bytes.length, () -> FileRegion.of(bytes), type.isBigEndian());
    Tensor one = TensorView.of(storage, dtype, TensorView.Layout.dense(), site).tensor();
    if (dtype == DType.BOOL) {
      return new PyValue.Bool(one.longAt(0) != 0);
    }
    return dtype.isFloat() ? new PyValue.Real(one.doubleAt(0)) : new PyValue.Int(one.longAt(0));
  }
}
