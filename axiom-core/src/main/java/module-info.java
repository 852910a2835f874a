/**
 * Tensors, operators, graphs, the reference run, properties and models: the part that every other
 * part of Axiom needs.
 *
 * <p>Applications need {@code model}, {@code property}, {@code tensor}, {@code error} and {@code
 * run}. Backends, provers and readers of models need the operators and {@code ir} besides.
 */
@SuppressWarnings("module") // the modules that some packages are exported to are compiled later
module dev.axiomml.core {
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.axiomml.core.error;
  exports dev.axiomml.core.model;
  exports dev.axiomml.core.property;
  exports dev.axiomml.core.property.statement;
  exports dev.axiomml.core.run;
  exports dev.axiomml.core.tensor;
  exports dev.axiomml.core.ir;
  exports dev.axiomml.core.linear;
  exports dev.axiomml.core.op;
  exports dev.axiomml.core.op.common;
  exports dev.axiomml.core.op.gradient;
  exports dev.axiomml.core.op.image;
  exports dev.axiomml.core.op.index;
  exports dev.axiomml.core.op.linear;
  exports dev.axiomml.core.op.move;
  exports dev.axiomml.core.op.norm;
  exports dev.axiomml.core.op.pair;
  exports dev.axiomml.core.op.parts;
  exports dev.axiomml.core.op.recurrent;
  exports dev.axiomml.core.op.reduce;
  exports dev.axiomml.core.op.scalar;
  exports dev.axiomml.core.op.shape;
  exports dev.axiomml.core.op.window;
  exports dev.axiomml.core.exact to
      dev.axiomml.verify;
  exports dev.axiomml.core.op.catalog to
      dev.axiomml.verify;
  exports dev.axiomml.core.pass to
      dev.axiomml.interop,
      dev.axiomml.verify;
  exports dev.axiomml.core.train to
      dev.axiomml.verify;

  uses dev.axiomml.core.model.Prover;
  uses dev.axiomml.core.run.Backend;
}
