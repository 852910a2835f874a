/**
 * Proofs about models: theorems decided, reports, certificates and their independent check.
 *
 * <p>Z3, which decides small networks exactly, is optional; on the module path it is added with
 * {@code --add-modules tools.aqua.turnkey.z3}.
 */
module dev.axiomml.verify {
  requires transitive dev.axiomml.core;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static org.jspecify;
  requires static tools.aqua.turnkey.z3;

  exports dev.axiomml.verify;
  exports dev.axiomml.verify.cert;
  exports dev.axiomml.verify.check;

  provides dev.axiomml.core.model.Prover with
      dev.axiomml.verify.ModelProver;
}
