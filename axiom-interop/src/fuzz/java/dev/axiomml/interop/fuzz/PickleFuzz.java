package dev.axiomml.interop.fuzz;

import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.pickle.Environment;
import dev.axiomml.interop.pytorch.pickle.Unpickler;
import java.nio.ByteBuffer;

/** Any bytes as one pickle in the empty environment, where every call is refused. */
public final class PickleFuzz {
  private PickleFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Refusals.allowed(
        () -> new Unpickler(Environment.empty()).load(ByteBuffer.wrap(bytes), new Place("fuzz")));
  }
}
