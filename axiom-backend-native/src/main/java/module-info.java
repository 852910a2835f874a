/** Compiled plans on native kernels; {@code Backends.NATIVE} finds it, so it exports nothing. */
module dev.axiomml.backend.jni {
  requires dev.axiomml.core;
  requires org.slf4j;
  requires static org.jspecify;

  provides dev.axiomml.core.run.Backend with
      dev.axiomml.backend.jni.NativeBackend;
}
