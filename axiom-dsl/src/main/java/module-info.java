/** Typed flows, layers and the zoo: how a model is written down. */
module dev.axiomml.dsl {
  requires transitive dev.axiomml.core;
  requires static org.jspecify;

  exports dev.axiomml.dsl;
  exports dev.axiomml.dsl.setting;
  exports dev.axiomml.dsl.zoo;

  uses dev.axiomml.core.model.ModelReader;

  provides dev.axiomml.core.model.Architectures with
      dev.axiomml.dsl.zoo.ZooArchitectures;
}
