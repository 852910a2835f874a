package dev.axiomml.docs.wrong.cli;

/** Loads a library and declares a native method outside of backend.jni. */
public final class Loader {
  private Loader() {}

  /** Never called. */
  public static void load() {
    System.loadLibrary("none");
  }

  /** Never called. */
  public static native void run();
}
