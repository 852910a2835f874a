package dev.axiomml.core.run;

/** Hears how far a long piece of work is; called now and then, by any thread, must be quick. */
@FunctionalInterface
public interface ProgressListener {
  /** Nobody listens. */
  ProgressListener SILENT = (what, done) -> {};

  /**
   * Work goes on.
   *
   * @param what what is being done, one short phrase
   * @param done how much of it, from 0 to 1; negative when it is unknown
   */
  void at(String what, double done);
}
