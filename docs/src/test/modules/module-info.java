module consumer {
  requires dev.axiomml.dsl;
  requires dev.axiomml.interop;
  requires dev.axiomml.verify;
}
