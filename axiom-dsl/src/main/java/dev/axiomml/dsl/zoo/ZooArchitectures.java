package dev.axiomml.dsl.zoo;

import dev.axiomml.core.model.Architectures;
import java.util.List;

/** The zoo, as files with weights only find it. */
public final class ZooArchitectures implements Architectures {
  /** For the service loader. */
  public ZooArchitectures() {}

  @Override
  public List<Architecture> all() {
    return List.copyOf(Zoo.all());
  }
}
