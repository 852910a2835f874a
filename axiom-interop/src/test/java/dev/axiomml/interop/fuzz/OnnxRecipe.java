package dev.axiomml.interop.fuzz;

/** The way an operator's operands and settings are drawn. */
@FunctionalInterface
interface OnnxRecipe {
  /** Adds operands and settings to a node whose operator and opset stand. */
  void draw(OnnxDraft node);
}
