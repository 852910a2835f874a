package dev.axiomml.dsl.recipe;

import java.util.concurrent.atomic.AtomicInteger;

/** The model that flows belong to: its name, the seed of its weights, and a count of its steps. */
public final class NetworkRecipe {
  private final String name;
  private final long seed;
  private final AtomicInteger steps = new AtomicInteger();

  public NetworkRecipe(String name, long seed) {
    this.name = name;
    this.seed = seed;
  }

  public String name() {
    return name;
  }

  long seed() {
    return seed;
  }

  /** The next step's number: the order in which the user wrote the steps. */
  int next() {
    return steps.getAndIncrement();
  }
}
