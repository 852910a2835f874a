package dev.axiomml.verify.search;

import dev.axiomml.verify.attack.GradientAttack;

/**
 * How a search is run: what it attacks with on its way, and how much it may spend.
 *
 * @param attack looks for inputs that break the claim
 * @param limits how much may be spent
 */
public record SearchCourse(GradientAttack attack, SearchLimits limits) {}
