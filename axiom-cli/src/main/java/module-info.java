/** The command {@code axiom}; a program, so it exports nothing. */
module dev.axiomml.cli {
  requires com.fasterxml.jackson.databind;
  requires dev.axiomml.core;
  requires dev.axiomml.dsl;
  requires dev.axiomml.interop;
  requires dev.axiomml.verify;
  requires info.picocli;
  requires static org.jspecify;

  // picocli fills fields that are annotated
  opens dev.axiomml.cli to
      info.picocli;
  opens dev.axiomml.cli.argument to
      info.picocli;
  opens dev.axiomml.cli.bench to
      info.picocli;
  opens dev.axiomml.cli.command to
      info.picocli;
  opens dev.axiomml.cli.demo to
      info.picocli;

  uses dev.axiomml.core.model.Architectures;
}
