package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.file.Region;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import dev.axiomml.interop.pytorch.pickle.Site;
import java.util.List;
import java.util.Optional;

/** What pickles call to make NumPy's arrays and scalars. */
final class NumpyCallees {
  private static final List<String> ARRAYS =
      List.of("numpy.core.multiarray", "numpy._core.multiarray");
  private static final List<String> NUMERIC = List.of("numpy.core.numeric", "numpy._core.numeric");

  private NumpyCallees() {}

  static void addTo(Callees table, Budget budget) {
    table.add("numpy", "dtype", NumpyCallees::dtype);
    table.add(ARRAYS, "_reconstruct", (arguments, site) -> new NumpyArray(budget));
    table.add(ARRAYS, "scalar", NumpyCallees::scalar);
    table.add(NUMERIC, "_frombuffer", (a, s) -> array(budget, new Arguments(a, s)));
  }

  private static PyValue dtype(List<PyValue> arguments, Site site) {
    PyValue code = new Arguments(arguments, site).at(0);
    return new NumpyType(code.toString());
  }

  /** (bytes, dtype, sizes, order): protocol 5. */
  private static PyValue array(Budget budget, Arguments given) {
    PyValue fortran = new PyValue.Bool(given.at(3).equals(new PyValue.Text("F")));
    NumpyArray array = new NumpyArray(budget);
    List<PyValue> state =
        List.of(new PyValue.Int(1), given.at(2), given.at(1), fortran, given.at(0));
    array.build(PyItems.of(PyItems.Kind.TUPLE, state), given.site());
    return array;
  }

  private static PyValue scalar(List<PyValue> arguments, Site site) {
    Arguments given = new Arguments(arguments, site);
    NumpyType type = given.at(0, NumpyType.class);
    if (type.dtype().isEmpty()) {
      return new PyObject(new PyValue.Global("numpy", "generic"), arguments);
    }
    byte[] bytes = given.bytes(1);
    DType dtype = type.dtype().get();
    Storage storage =
        new Storage(Optional.of(dtype), bytes.length, () -> Region.of(bytes), type.isBigEndian());
    Tensor one = TensorView.of(storage, dtype, TensorView.Layout.dense(), site).tensor();
    if (dtype == DType.BOOL) {
      return new PyValue.Bool(one.longAt(0) != 0);
    }
    return dtype.isFloat() ? new PyValue.Real(one.doubleAt(0)) : new PyValue.Int(one.longAt(0));
  }
}
