import { escapeHtml } from '../escape.ts';
import { safeUrl } from '../escape-markdown.ts';
import { percent } from '../format.ts';
import { type HistoryLine, type HistoryMark, type HistoryView, historyColumns, markWords } from '../history.ts';
import { parsePhrase } from '../phrase.ts';

/*
 * The history as markup of the page itself, so that it is there without JavaScript too. The drawing is a picture with a
 * name; the table below it holds the same numbers for who cannot see it.
 */

const size = { width: 720, height: 260, left: 76, right: 12, top: 14, bottom: 30 };

/** The section of the page; nothing without an earlier run. */
export function historySection(history: HistoryView | undefined): string[] {
  if (!history) return [];
  return [
    '<section class="history" id="history">',
    '<h2>History</h2>',
    `<p>${escapeHtml(history.sentence)}</p>`,
    chart(history),
    legend(history.lines),
    ...table(history.lines),
    '</section>',
  ];
}

interface Scale {
  x: (index: number) => number;
  y: (rate: number) => number;
  ticks: number[];
}

function chart({ lines, sentence }: HistoryView): string {
  const scale = scaleOf(lines);
  const { width, height, left, right } = size;
  const grid = scale.ticks.map(
    (tick) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${scale.y(tick)}" y2="${scale.y(tick)}"/>` +
      `<text class="tick" x="${left - 8}" y="${round(scale.y(tick) + 4)}" text-anchor="end">${Math.round(tick * 100)} %</text>`,
  );
  return [
    `<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="trend-title">`,
    `<title id="trend-title">Pass rate of ${lines.length} runs. ${escapeHtml(sentence)}</title>`,
    ...grid,
    ...changesOfSamples(lines, scale),
    ...lines.map((line, index) => interval(line, scale.x(index), scale)),
    path(lines, scale),
    ...lines.map((line, index) => point(line, scale.x(index), scale)),
    ...dates(lines),
    '</svg>',
  ].join('\n');
}

/** From the lowest to the highest number, not less than ten percentage points, in steps that a person would choose. */
function scaleOf(lines: readonly HistoryLine[]): Scale {
  const rates = lines.flatMap(({ row }) => [...(row.interval ?? []), ...(row.passRate === undefined ? [] : [row.passRate])]);
  const high = Math.max(...rates, 0.1);
  const low = Math.min(...rates, high - 0.1);
  const step = [0.02, 0.05, 0.1, 0.2, 0.25].find((each) => (high - low) / each <= 5) ?? 0.5;
  const from = Math.max(0, Math.floor(low / step + 1e-9) * step);
  const to = Math.min(1, Math.ceil(high / step - 1e-9) * step);
  const ticks: number[] = [];
  for (let tick = from; tick <= to + 1e-9; tick += step) ticks.push(tick);
  const { width, height, left, right, top, bottom } = size;
  const reach = width - left - right - 24;
  return {
    x: (index) => round(left + 12 + (lines.length === 1 ? reach / 2 : (index / (lines.length - 1)) * reach)),
    y: (rate) => round(top + ((to - rate) / (to - from || 1)) * (height - top - bottom)),
    ticks,
  };
}

function interval({ row }: HistoryLine, x: number, { y }: Scale): string {
  if (!row.interval) return '';
  return `<line class="interval" x1="${x}" x2="${x}" y1="${y(row.interval[1])}" y2="${y(row.interval[0])}"/>`;
}

/** The line is broken where a run has no pass rate. */
function path(lines: readonly HistoryLine[], { x, y }: Scale): string {
  let isDown = false;
  const commands = lines.map(({ row: { passRate } }, index) => {
    const command = passRate === undefined ? '' : `${isDown ? 'L' : 'M'}${x(index)} ${y(passRate)}`;
    isDown = passRate !== undefined;
    return command;
  });
  return `<path class="rate" d="${commands.join('')}"/>`;
}

/** A mark whose form says the verdict, so that colour is not needed, below an area that is easier to point at. */
function point(line: HistoryLine, x: number, scale: Scale): string {
  const { top, height, bottom } = size;
  const y = line.row.passRate === undefined ? height - bottom : scale.y(line.row.passRate);
  const ring = line.isNow ? `<circle class="now" cx="${x}" cy="${y}" r="10"/>` : '';
  const area = `<rect class="hit" x="${round(x - 4)}" y="${top}" width="8" height="${height - top - bottom}"/>`;
  const mark = `<g class="run run-${line.mark}"><title>${escapeHtml(told(line))}</title>${area}${ring}${shape(line.mark, x, y)}</g>`;
  const url = line.url === undefined ? undefined : safeUrl(line.url);
  return url === undefined ? mark : `<a href="${escapeHtml(url)}" rel="noopener noreferrer" tabindex="-1">${mark}</a>`;
}

function shape(mark: HistoryMark, x: number, y: number): string {
  const [a, b] = [round(x - 6), round(x + 6)];
  if (mark === 'worse' || mark === 'accepted') return `<path class="mark" d="M${a} ${y - 5}L${b} ${y - 5}L${x} ${y + 7}Z"/>`;
  if (mark === 'better') return `<path class="mark" d="M${a} ${y + 5}L${b} ${y + 5}L${x} ${y - 7}Z"/>`;
  if (mark === 'partial') return `<path class="mark" d="M${a} ${y - 6}L${b} ${y + 6}M${a} ${y + 6}L${b} ${y - 6}"/>`;
  return `<circle class="mark" cx="${x}" cy="${y}" r="4"/>`;
}

function told({ row, when, cells, mark, isNow }: HistoryLine): string {
  const [, event = '', , , interval = ''] = cells;
  const rate = row.passRate === undefined ? 'no pass rate' : percent(row.passRate);
  const range = row.interval === undefined ? '' : ` (${interval})`;
  const commit = row.sha === undefined ? '' : ` · ${row.sha.slice(0, 7)}`;
  return `${isNow ? 'this run · ' : ''}${when} UTC · ${event}${commit} · ${rate}${range} · ${markWords[mark]}`;
}

/** Numbers before and after a change of the sample set are not of the same exam. */
function changesOfSamples(lines: readonly HistoryLine[], { x }: Scale): string[] {
  return lines.flatMap(({ row, when }, index) => {
    const before = lines[index - 1]?.row.samples;
    if (before === undefined || before === row.samples) return [];
    const at = round((x(index - 1) + x(index)) / 2);
    const title = `${when}: ${row.samples} samples, before ${before}`;
    return [`<line class="changed" x1="${at}" x2="${at}" y1="${size.top}" y2="${size.height - size.bottom}"><title>${title}</title></line>`];
  });
}

function dates(lines: readonly HistoryLine[]): string[] {
  const day = (line: HistoryLine | undefined): string => line?.when.slice(0, 10) ?? '';
  const y = size.height - 6;
  return [
    `<text class="date" x="${size.left}" y="${y}">${day(lines[0])}</text>`,
    `<text class="date" x="${size.width - size.right}" y="${y}" text-anchor="end">${day(lines.at(-1))}</text>`,
  ];
}

function legend(lines: readonly HistoryLine[]): string {
  const used = [...new Set(lines.map(({ mark }) => mark))];
  const items = used.map(
    (mark) =>
      `<span><svg class="trend key" viewBox="0 0 16 16" aria-hidden="true"><g class="run run-${mark}">${shape(mark, 8, 8)}</g></svg>${markWords[mark]}</span>`,
  );
  return `<p class="legend">${items.join('')}</p>`;
}

function table(lines: readonly HistoryLine[]): string[] {
  const head = historyColumns.map((name) => `<th scope="col">${name}</th>`).join('');
  const rows = [...lines].reverse().map(({ cells, tone, url }) => {
    const tds = cells.map((cell, index) => {
      const text = phrase(cell);
      const link = index === 0 && url !== undefined ? safeUrl(url) : undefined;
      const shown = link === undefined ? text : `<a href="${escapeHtml(link)}" rel="noopener noreferrer">${text}</a>`;
      return `<td${index === cells.length - 1 && tone !== 'plain' ? ` class="${tone}"` : ''}>${shown}</td>`;
    });
    return `<tr>${tds.join('')}</tr>`;
  });
  const title = `The ${lines.length} runs as a table`;
  return [
    `<details class="runs"><summary>${title}</summary>`,
    `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>`,
    ...rows,
    '</tbody></table></div></details>',
  ];
}

function phrase(text: string): string {
  return parsePhrase(text)
    .map((part) => (part.kind === 'code' ? `<code>${escapeHtml(part.text)}</code>` : escapeHtml(part.text)))
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
