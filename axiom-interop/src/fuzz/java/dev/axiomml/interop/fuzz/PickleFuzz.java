package dev.axiomml.interop.fuzz;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.pytorch.pickle.PickleEnvironment;
import dev.axiomml.interop.pytorch.pickle.PickleReader;
import java.nio.ByteBuffer;

/** Any bytes as one pickle in the empty environment, where every call is refused. */
public final class PickleFuzz {
  private PickleFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Refusals.allowed(
        () -> new PickleReader(PickleEnvironment.empty()).load(ByteBuffer.wrap(bytes), new FilePlace("fuzz")));
  }
}
