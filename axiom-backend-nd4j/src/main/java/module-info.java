/**
 * Runs graphs on ND4J; {@code Backends.ND4J} finds it, so it exports nothing.
 *
 * <p>ND4J 1.0.0-M2.1 cannot be a module: its jar names a service of a package that it does not
 * have. It stays on the class path, and this module reads it there.
 */
@SuppressWarnings("requires-automatic") // nd4j.api comes from the jar's file name
module dev.axiomml.backend.nd4j {
  requires dev.axiomml.core;
  requires static nd4j.api;
  requires static org.jspecify;

  provides dev.axiomml.core.run.Backend with
      dev.axiomml.backend.nd4j.Nd4jBackend;
}
