package dev.axiomml.interop.safetensors.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.file.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A safetensors file being written: widest elements first, then by name, so that all are aligned.
 *
 * @param tensors by name
 * @param path the file
 */
public record SafeTensorsWriting(Map<String, Tensor> tensors, Path path) {
  /**
   * Writes the file aside and moves it into place.
   *
   * @throws dev.axiomml.core.error.ModelExportException when a tensor is text, a name is reserved,
   *     or the file cannot be written
   */
  public void write() {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.forEach(this::check);
    names.sort(
        Comparator.<String>comparingInt(name -> -tensor(name).dtype().bytes())
            .thenComparing(Comparator.naturalOrder()));
    List<Supplier<ByteBuffer>> parts = new ArrayList<>();
    byte[] header = header(names);
    parts.add(() -> ByteBuffer.wrap(header));
    names.forEach(name -> parts.add(() -> TensorMemory.packed(tensor(name))));
    AtomicFile.write(path, parts);
  }

  private Tensor tensor(String name) {
    return java.util.Objects.requireNonNull(tensors.get(name));
  }

  private void check(String name) {
    Tensor tensor = tensor(name);
    boolean whole = (long) tensor.size() * tensor.dtype().bits() % 8 == 0;
    boolean held = SafeTensorsHeader.TYPES.containsValue(tensor.dtype()) && whole;
    if (name.equals(SafeTensorsHeader.METADATA) || !held) {
      throw new ModelExportException(
          new Diagnosis(
              "tensor " + name + " " + tensor.type(),
              path.toString(),
              "safetensors holds numbers of whole bytes, 4-bit floats by pairs, and keeps the name"
                  + " __metadata__ for itself",
              "leave it out, convert or rename it"));
    }
  }

  private byte[] header(List<String> names) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.putObject(SafeTensorsHeader.METADATA).put("format", "pt");
    long at = 0;
    for (String name : names) {
      Tensor tensor = tensor(name);
      ObjectNode line = root.putObject(name).put("dtype", code(tensor.dtype()));
      for (int size : tensor.shape().sizes()) {
        line.withArray("shape").add(size);
      }
      if (tensor.shape().rank() == 0) {
        line.putArray("shape");
      }
      long end = at + TensorMemory.packedBytes(tensor.dtype(), tensor.size());
      line.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(text);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }

  private static String code(DType dtype) {
    return SafeTensorsHeader.TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == dtype)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
