package dev.axiomml.interop.file;

/** What a file holds, known by its bytes and never by its name. */
public enum FileKind {
  /** {@code torch.save} since 1.6: a zip with one pickle and its storages. */
  TORCH_ZIP("a PyTorch checkpoint (zip)", ""),
  /** {@code torch.save} of 0.1.10 to 1.5. */
  TORCH_STREAM("a PyTorch checkpoint (legacy stream)", ""),
  /** {@code torch.save} up to 0.1.9. */
  TORCH_TAR("a PyTorch checkpoint (tar)", ""),
  /** {@code torch.jit.save}. */
  TORCH_SCRIPT("a TorchScript program", ""),
  /** {@code torch.export.save} of torch 2.1 to 2.7: a flat zip. */
  EXPORTED_FLAT("an exported program (.pt2, flat)", ""),
  /** {@code torch.export.save} since torch 2.8: a zip with one folder. */
  EXPORTED("an exported program (.pt2)", ""),
  /** Hugging Face's safetensors. */
  SAFETENSORS("a safetensors file", ""),
  /** {@code *.index.json} with the shard of each tensor. */
  SHARD_INDEX("an index of shards", ""),
  /** A network described in JSON, weights included. */
  DESCRIPTOR("a network descriptor", ""),
  /** ONNX's protobuf. */
  ONNX("an ONNX model", ""),
  /** One NumPy array. */
  NPY("a NumPy array", ""),

  /** Nothing at all. */
  EMPTY("empty", "copy or download the file again"),
  /** A pointer that Git LFS replaces by the file. */
  GIT_LFS("a Git LFS pointer, not the file itself", "run git lfs pull in the folder it came from"),
  /** A page that a server sent instead of the file. */
  HTML("an HTML page", "download the file itself, not the page about it (log in where needed)"),
  /** TorchScript of torch 1.0 to 1.3. */
  TORCH_SCRIPT_OLD(
      "TorchScript of torch 1.3 or older", "load it with torch.jit.load and save it again"),
  /** A lite-interpreter program. */
  TORCH_LITE(
      "a TorchScript program for the lite interpreter",
      "save it with torch.jit.save or torch.export.save"),
  /** Compiled code instead of a graph. */
  TORCH_COMPILED(
      "a compiled AOTInductor package", "save the program with torch.export.save instead"),
  /** {@code torch.package}: a module with its Python source. */
  TORCH_PACKAGE(
      "a torch.package archive, whose modules are Python code",
      "load it with torch.package.PackageImporter and save it with torch.export.save"),
  /** ExecuTorch. */
  EXECUTORCH("an ExecuTorch program", "save the program with torch.export.save instead"),
  /** A zip of NumPy arrays. */
  NPZ("a NumPy archive", "take the array out: numpy.save(path, archive[name])"),
  /** Keras or h5py. */
  HDF5("an HDF5 file (Keras, h5py)", "convert it to ONNX with tf2onnx, or to safetensors"),
  /** Keras 3. */
  KERAS("a Keras 3 archive", "convert it to ONNX: model.export(path, format=\"onnx\")"),
  /** TensorFlow Lite. */
  TFLITE("a TensorFlow Lite model", "convert it to ONNX with tf2onnx --tflite"),
  /** llama.cpp. */
  GGUF("a GGUF model (llama.cpp)", "use the safetensors that it was made of"),
  /** Compressed. */
  GZIP("a gzip file", "unpack it first: gunzip"),
  /** A pickle that torch.save did not write. */
  PICKLE("a plain Python pickle", "load it in Python and save it with torch.save"),
  /** JSON without a network in it. */
  JSON("JSON, but no index of shards and no network descriptor", "name the model's own file"),
  /** A zip without a model in it. */
  ZIP("a zip archive without a model in it", "unpack it and name the model inside"),
  /** None of these. */
  UNKNOWN(
      "no model file that is known here",
      "give a .pt, .pth, .pt2, .safetensors, .onnx or descriptor .json");

  private final String title;
  private final String fix;

  FileKind(String title, String fix) {
    this.title = title;
    this.fix = fix;
  }

  /** What it is, for a sentence that begins with "it is". */
  public String title() {
    return title;
  }

  /** Whether something in this library reads it. */
  public boolean isReadable() {
    return fix.isEmpty();
  }

  /** What to do with it when it is not readable. */
  public String fix() {
    return fix;
  }
}
