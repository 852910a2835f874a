package dev.axiomml.interop.pytorch.pickle;

import dev.axiomml.core.error.FilePlace;
import java.nio.ByteBuffer;

/**
 * A reader of pickles, protocols 0 to 5, that runs no code.
 *
 * <p>Names stay names. A call is looked up in the environment's closed table and refused when it is
 * not there; an object of any class becomes an inert {@link PyObject}. Iterative, and within {@link
 * PickleLimits}.
 */
public final class PickleReader {
  private final PickleEnvironment environment;
  private final PickleLimits limits;

  /** A reader with the limits of this machine. */
  public PickleReader(PickleEnvironment environment) {
    this(environment, PickleLimits.standard());
  }

  /** A reader with given limits. */
  public PickleReader(PickleEnvironment environment, PickleLimits limits) {
    this.environment = environment;
    this.limits = limits;
  }

  /**
   * The value of one pickle; the buffer's position moves behind it.
   *
   * @throws dev.axiomml.core.error.ModelImportException with byte offset, opcode and the global's
   *     name
   */
  public PyValue load(ByteBuffer bytes, FilePlace place) {
    PickleInput in = new PickleInput(bytes);
    PickleMachine machine =
        new PickleMachine(in, environment, limits, new PickleLocation(place, 0, "(none)"));
    while (step(machine, place)) {
      if (in.offset() > limits.bytes()) {
        throw machine
            .site()
            .damaged("a pickle of over " + limits.bytes() + " bytes", "that is the limit");
      }
    }
    PyValue value = machine.pop();
    if (NestingDepth.of(value) > limits.depth()) {
      throw machine
          .site()
          .damaged("values nested deeper than " + limits.depth(), "that is the depth limit");
    }
    return value;
  }

  private static boolean step(PickleMachine machine, FilePlace place) {
    long offset = machine.in().offset();
    if (machine.in().isEmpty()) {
      throw new PickleLocation(place, offset, "(none)")
          .damaged("the pickle ends without STOP", "it is truncated");
    }
    machine.at(offset, "(unknown)");
    int code = machine.in().next(machine.site());
    PickleOpcode opcode =
        PickleOpcode.of(code)
            .orElseThrow(
                () ->
                    machine
                        .site()
                        .damaged("opcode 0x%02x".formatted(code), "pickle has no such opcode"));
    machine.at(offset, opcode.name());
    opcode.run(machine);
    return !opcode.isLast();
  }
}
