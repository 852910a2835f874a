package dev.axiomml.verify.report;

/** How the page looks, by day and by night, on a desk and on a phone. */
final class PageStyle {
  static final String SHEET =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #f3f4f6;
        --line: #d8dce2; --dim: #5b6470; --proved: #116932; --tested: #0b5394; --refuted: #b3261e;
        --unknown: #7a5900; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6e9ee; --paper: #14171b; --soft: #1e2328; --line: #343a42; --dim: #9aa4b0;
          --proved: #5fd48a; --tested: #7db8f0; --refuted: #ff8a80; --unknown: #e6c15a; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 16px/1.5 system-ui, sans-serif; }
      main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
      h1 { font-size: 1.6rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
      h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
      .state { font-size: 1.2rem; font-weight: 600; margin: 0; }
      .state.passed { color: var(--proved); }
      .state.failed { color: var(--refuted); }
      .state.undecided { color: var(--unknown); }
      .wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.5rem; }
      table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
      th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.7rem; }
      th { background: var(--soft); font-weight: 600; }
      td > code { display: inline-block; min-width: 15rem; }
      tr + tr td { border-top: 1px solid var(--line); }
      .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      code, pre { font: 0.88em/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
      pre { background: var(--soft); padding: 0.7rem; border-radius: 0.5rem; overflow-x: auto; }
      p code + code { margin-left: 1rem; }
      .badge { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 1rem; white-space: nowrap;
        border: 1px solid currentColor; font-size: 0.8rem; font-weight: 600; }
      .proved { color: var(--proved); }
      .reals { color: var(--proved); border-style: dashed; }
      .tested { color: var(--tested); }
      .refuted { color: var(--refuted); }
      .unknown { color: var(--unknown); }
      .note { color: var(--dim); font-size: 0.88rem; }
      .pictures { display: flex; flex-wrap: wrap; gap: 1rem; }
      figure { margin: 0; width: 9rem; }
      figcaption { color: var(--dim); font-size: 0.85rem; }
      svg { width: 100%; border: 1px solid var(--line); image-rendering: pixelated; }
      """;

  private PageStyle() {}
}
