/** Assertions about models, for tests that fail where a model loses a property. */
module dev.axiomml.verify.junit {
  requires transitive dev.axiomml.core;
  requires transitive org.assertj.core;
  requires dev.axiomml.verify;
  requires org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.axiomml.verify.junit;
}
