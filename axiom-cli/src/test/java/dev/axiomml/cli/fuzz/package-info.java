/**
 * A seeded fuzzer of what users see: the command, its exit codes, reports, pages, JSON,
 * certificates and assertions, judged by verdicts that are worked out apart.
 */
package dev.axiomml.cli.fuzz;
