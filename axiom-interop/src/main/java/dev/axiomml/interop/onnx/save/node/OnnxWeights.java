package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of a file: each is stored once, whoever uses it. */
public final class OnnxWeights {
  private static final int SMALL = 64;

  private final NodeSheet sheet;
  private final Map<String, Tensor> byId = new LinkedHashMap<>();
  private final Map<String, String> wanted = new HashMap<>();
  private final Map<Tensor, String> small = new HashMap<>();
  private final Map<String, String> turned = new HashMap<>();

  OnnxWeights(NodeSheet sheet) {
    this.sheet = sheet;
  }

  /** The tensors by id, in the order of their first use. */
  public Map<String, Tensor> all() {
    return byId;
  }

  /** What a tensor is called if the name is free. */
  public String wanted(String id) {
    return wanted.getOrDefault(id, id);
  }

  /** A tensor of a name; one that was stored under that name is used again, transposed if need. */
  String tensor(String name, Tensor tensor) {
    String id = "weight:" + name;
    Tensor known = byId.putIfAbsent(id, tensor);
    wanted.put(id, name);
    if (known == null || known.equals(tensor)) {
      return id;
    }
    return flipped(id, known, tensor).orElseGet(() -> tensor(name + "_", tensor));
  }

  private Optional<String> flipped(String id, Tensor known, Tensor tensor) {
    boolean fits =
        known.shape().rank() == 2
            && tensor.shape().rank() == 2
            && known.permute(1, 0).equals(tensor);
    return fits
        ? Optional.of(turned.computeIfAbsent(id, key -> sheet.one(wanted(key), transposed(key))))
        : Optional.empty();
  }

  private static OnnxCall transposed(String id) {
    return OnnxCall.of("Transpose", id).wholes("perm", List.of(1, 0));
  }

  /** A tensor without a name of its own; equal small ones are one. */
  public String constant(Tensor tensor) {
    return tensor.size() > SMALL ? fresh(tensor) : small.computeIfAbsent(tensor, this::fresh);
  }

  private String fresh(Tensor tensor) {
    String id = sheet.id();
    byId.put(id, tensor);
    wanted.put(id, "constant");
    return id;
  }
}
