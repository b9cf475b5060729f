/** The page's style sheet. A change needs the new hash in `hashes.ts`; a test says which. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5a6575; --line: #dfe3ea; --code: #eef0f4;
  --bad: #b3261e; --bad-wash: #fdecea; --good: #1a7f45; --good-wash: #e5f5ec; --warn: #8a5a00; --warn-wash: #fdf3dc; --neutral: #2458b3;
  --tone: var(--neutral); --focus: #2458b3;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e6eaf0; --soft: #9aa6b6; --line: #2d3643; --code: #252d38;
    --bad: #ff8a80; --bad-wash: #43221f; --good: #6fd69b; --good-wash: #17382a; --warn: #f0c46a; --warn-wash: #3a2f16; --neutral: #8db4ff;
    --focus: #8db4ff;
  }
}
.tone-bad { --tone: var(--bad); } .tone-good { --tone: var(--good); } .tone-warn { --tone: var(--warn); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 1180px; background: var(--page); color: var(--ink); font: 15px/1.55 var(--sans); }
header { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px; padding: 20px 24px; }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 1.25; color: var(--tone); overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 18px; }
h3 { margin: 18px 0 6px; font-size: 12px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.summary { margin: 0; max-width: 78ch; }
.summary span:first-child { font-weight: 600; }
.partial { display: inline-block; margin: 0 0 8px; padding: 1px 10px; border-radius: 99px; background: var(--warn-wash); color: var(--warn); font-weight: 600; font-size: 13px; }
.soft { color: var(--soft); }
code { font: .9em var(--mono); background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.effect { display: block; width: 100%; max-width: 560px; height: auto; margin-top: 14px; font: 12px var(--sans); }
.effect line { stroke: var(--line); stroke-width: 1.5; } .effect .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
.effect .interval { stroke: var(--tone); stroke-width: 6; stroke-linecap: round; opacity: .45; } .effect circle { fill: var(--tone); } .effect text { fill: var(--soft); }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0; background: var(--page); }
.tools input { flex: 1 1 220px; min-width: 0; padding: 8px 12px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chip { padding: 5px 11px; font: 13px/1.4 var(--sans); color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 99px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
.samples { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.samples > details + details, .samples > .row + *, .samples > details + .row { border-top: 1px solid var(--line); }
summary, .row { display: grid; grid-template-columns: 18px minmax(130px, 1.3fr) 92px 112px minmax(0, 4fr); gap: 4px 12px; align-items: baseline; padding: 9px 16px; list-style: none; }
summary { cursor: pointer; } summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--soft); } details[open] > summary::before { content: "▾"; } .row::before { content: ""; }
summary:hover { background: color-mix(in srgb, var(--ink) 4%, transparent); }
.id { font: 13.5px var(--mono); overflow-wrap: anywhere; }
.class { font-size: 12.5px; color: var(--soft); } .class-regressed { color: var(--bad); font-weight: 600; } .class-fixed { color: var(--good); font-weight: 600; }
.class-suspect, .class-errored, .class-flaky { color: var(--warn); }
.passes { font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes { overflow-wrap: anywhere; }
.critical { margin-left: 6px; font: 11px var(--sans); color: var(--bad); border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; }
.detail { padding: 8px 16px 20px 46px; }
.whose { display: none; }
pre { margin: 0; font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 14px; }
.side { font-size: 13px; color: var(--soft); padding-bottom: 2px; }
.pips { margin-left: 8px; letter-spacing: 1px; } .pip-pass { color: var(--good); } .pip-fail { color: var(--bad); } .pip-error, .pip-unscored, .pip-skipped { color: var(--warn); }
.step { border-left: 3px solid var(--line); padding: 4px 10px; border-radius: 3px; background: color-mix(in srgb, var(--code) 45%, transparent); min-width: 0; }
.step-user { border-left-color: var(--neutral); } .step-error { border-left-color: var(--bad); } .step-agent { border-left-color: var(--ink); }
.step b { display: block; font: 600 11.5px var(--sans); color: var(--soft); overflow-wrap: anywhere; } .step b code { font-size: 12px; }
.absent { border: 1px dashed var(--line); background: none; color: var(--soft); font-size: 12.5px; padding: 6px 10px; }
del, ins { text-decoration: none; border-radius: 3px; padding: 0 1px; }
del { background: var(--bad-wash); color: var(--bad); } ins { background: var(--good-wash); color: var(--good); }
.history > p { color: var(--soft); } .trend { display: block; width: 100%; max-width: 900px; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; font: 12px var(--sans); }
.trend .grid { stroke: var(--line); } .trend text { fill: var(--soft); } .trend .interval { stroke: var(--soft); opacity: .45; stroke-width: 2; } .trend .rate { fill: none; stroke: var(--neutral); stroke-width: 1.5; }
.trend .changed { stroke: var(--soft); stroke-dasharray: 4 4; } .trend .hit { fill: transparent; } .trend .now { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.run .mark { fill: var(--neutral); stroke: var(--card); stroke-width: 1; } .run-worse .mark { fill: var(--bad); } .run-better .mark { fill: var(--good); } .run-accepted .mark { fill: var(--card); stroke: var(--bad); stroke-width: 2; }
.run-open .mark, .run-none .mark { fill: var(--card); stroke: var(--neutral); stroke-width: 2; } .run-none .mark { stroke: var(--soft); } .run-partial .mark { stroke: var(--warn); stroke-width: 2.5; }
.trend a:hover .mark, .run:hover .mark { stroke: var(--ink); } .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 8px; font-size: 13px; } .legend span { display: inline-flex; align-items: center; gap: 6px; } .trend.key { width: 16px; border: 0; background: none; }
.runs { margin-top: 8px; } .runs > summary { display: list-item; padding: 4px 0; color: var(--soft); } .runs > summary::before { content: "▸ "; } .runs[open] > summary::before { content: "▾ "; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.detail .scroll { background: none; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px; text-align: right; white-space: nowrap; } td.words { white-space: normal; text-align: left; overflow-wrap: anywhere; min-width: 180px; }
th { font-size: 12.5px; font-weight: 600; color: var(--soft); } tbody tr { border-top: 1px solid var(--line); }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
.bad { color: var(--bad); } .good { color: var(--good); }
.decision { margin: 0; padding-left: 20px; } .decision li { margin-bottom: 4px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; } footer a { margin-right: 14px; }
.keys { font-size: 12.5px; color: var(--soft); } kbd { font: 11.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; background: var(--card); }
[hidden] { display: none !important; }
@media (max-width: 720px) {
  body { padding: 12px 12px 48px; } header { padding: 16px; } h1 { font-size: 21px; } .keys { display: none; }
  summary, .row { grid-template-columns: 14px minmax(0, 1fr) auto; padding: 10px 12px; gap: 2px 8px; }
  .class { grid-column: 2; grid-row: 2; } .passes { grid-column: 3; grid-row: 1; text-align: right; } .changes { grid-column: 2 / -1; grid-row: 3; } .changes:empty { display: none; }
  .detail { padding: 4px 12px 16px; } .sides { grid-template-columns: 1fr; } .absent, .step.same { display: none; } .whose { display: inline; float: right; font-weight: 400; }
  .effect { font-size: 19px; } .trend { font-size: 21px; }
  .tools { position: static; } .chips { flex-wrap: nowrap; overflow-x: auto; padding-bottom: 4px; } .chip { flex: none; }
}
@media print { .tools { display: none; } body { background: none; } }
`;
