/** Files of PyTorch, ONNX and safetensors, read and written. */
// requires-automatic: RE2/J's jar has no name of a module, so "re2j" comes from its file's name
@SuppressWarnings({"module", "requires-automatic"})
module dev.axiomml.interop {
  requires transitive dev.axiomml.core;
  requires com.fasterxml.jackson.databind;
  requires re2j;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.axiomml.interop.onnx;
  exports dev.axiomml.interop.pytorch;
  exports dev.axiomml.interop.safetensors;
  exports dev.axiomml.interop.weights;
  exports dev.axiomml.interop to
      dev.axiomml.cli;
  exports dev.axiomml.interop.file to
      dev.axiomml.cli;
  exports dev.axiomml.interop.vnnlib to
      dev.axiomml.cli;

  uses dev.axiomml.core.model.Architectures;

  provides dev.axiomml.core.model.ModelReader with
      dev.axiomml.interop.FileModelReader;
}
