package dev.axiomml.interop.file;

import dev.axiomml.core.error.ModelImportException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of refused files, for those who run a service and do not see the caller's exception. */
public final class FileRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(FileRefusals.class);

  private FileRefusals() {}

  /** Opens a file; one that is refused is logged with its diagnosis, and refused all the same. */
  public static <T> T logged(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (ModelImportException refused) {
      LOG.warn("refused a file: {}", refused.diagnosis());
      throw refused;
    }
  }
}
