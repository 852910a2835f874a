package dev.axiomml.interop.vnnlib;

/** The names that formulas may use, and what they stand for. */
interface VnnElements {
  /** Takes a name, with its indices where it has some, and returns the element that it names. */
  VnnSum take(VnnTokens tokens);

  /** Says that a new comparison begins: elements of one comparison are of one type. */
  void restart();
}
