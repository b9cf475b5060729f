/**
 * The page's script. It reads the data element and builds the page with `textContent` only. A change needs the new hash
 * in `hashes.ts`; a test says which.
 */
export const pageScript = String.raw`
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const report = document.getElementById('report');
const signs = { pass: '\u25cf', fail: '\u2715', error: '!', unscored: '?', skipped: '\u2013' };
const kinds = { user: 'user', agent: 'agent', tool: 'calls', result: 'result of', message: 'says on the way', error: 'error' };

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
function phrase(parts) {
  return parts.map(([kind, text]) => (kind ? make('code', '', text) : text));
}
function link(text, url) {
  const anchor = make('a', '', text);
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  return anchor;
}
function svg(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

function effectFigure({ change, low, high }) {
  const reach = Math.max(0.02, Math.abs(low), Math.abs(high)) * 1.15;
  const x = (value) => 280 + (value / reach) * 250;
  const points = (value) => (value * 100).toFixed(1).replace('-', '\u2212').replace(/^\u22120\.0$/, '0.0') + ' pp';
  const figure = svg('svg', { viewBox: '0 0 560 62', class: 'effect', role: 'img' });
  figure.append(
    svg('title', {}, 'Change of the pass rate ' + points(change) + ', 95 % interval ' + points(low) + ' to ' + points(high)),
    svg('line', { x1: 20, x2: 540, y1: 34, y2: 34 }),
    svg('line', { x1: 280, x2: 280, y1: 20, y2: 46, class: 'zero' }),
    svg('line', { x1: x(low), x2: x(high), y1: 34, y2: 34, class: 'interval' }),
    svg('circle', { cx: x(change), cy: 34, r: 6 }),
    svg('text', { x: x(change), y: 18, 'text-anchor': 'middle' }, points(change)),
    svg('text', { x: 20, y: 58 }, '\u2190 worse'),
    svg('text', { x: 280, y: 58, 'text-anchor': 'middle' }, 'no change'),
    svg('text', { x: 540, y: 58, 'text-anchor': 'end' }, 'better \u2192'),
  );
  return figure;
}

function stepCell(line, mark, isSame) {
  if (!line) return make('div', 'step absent', mark === 'del' ? 'not in the baseline' : 'no longer there');
  const label = make('b', '', kinds[line.kind] || line.kind);
  if (line.name !== undefined) label.append(' ', make('code', '', line.name));
  label.append(make('span', 'whose', isSame ? 'both' : mark === 'del' ? 'baseline' : 'now'));
  const text = make('pre', '', ...line.parts.map(([marked, part]) => (marked ? make(mark, '', part) : part)));
  return make('div', 'step step-' + line.kind + (isSame && mark === 'ins' ? ' same' : ''), label, text);
}
function sideTitle(side) {
  const pips = make('span', 'pips', ...side.outcomes.map((outcome) => make('span', 'pip-' + outcome, signs[outcome] || '?')));
  pips.title = side.outcomes.join(', ');
  const shown = side.epoch === undefined ? ', nothing recorded' : ', repeat ' + side.epoch + ' of ' + side.outcomes.length;
  const trace = side.traceId ? [' trace ', make('code', '', side.traceId)] : [];
  return make('div', 'side', make('strong', '', side.label), shown, pips, ...trace);
}
function scoreTable(scores) {
  const head = make('tr', '', ...['checker', 'baseline', 'now', 'reason'].map((name) => make('th', '', name)));
  const rows = scores.map((score) =>
    make('tr', '', make('td', '', make('code', '', score.checker)), make('td', '', score.before || '\u2014'), make('td', score.isPass ? 'good' : 'bad', score.now || '\u2014'), make('td', 'words', score.reason)),
  );
  return make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows)));
}
function detailOf(row) {
  const { detail } = row;
  const box = make('div', 'detail');
  if (row.where) box.append(make('p', 'soft', row.url ? link(row.where, row.url) : row.where));
  if (detail.expected !== undefined) box.append(make('h3', '', 'Expected'), make('pre', '', detail.expected));
  if (detail.input !== undefined && detail.steps.length === 0) box.append(make('h3', '', 'Input'), make('pre', '', detail.input));
  const cells = detail.steps.flatMap((step) => {
    const isSame = JSON.stringify(step.before) === JSON.stringify(step.now);
    return [stepCell(step.before, 'del', isSame), stepCell(step.now, 'ins', isSame)];
  });
  box.append(make('h3', '', 'Transcripts'), make('div', 'sides', ...detail.sides.map(sideTitle), ...cells));
  if (detail.note) box.append(make('p', 'soft', detail.note));
  if (detail.scores.length > 0) box.append(make('h3', '', 'Scores'), scoreTable(detail.scores));
  return box;
}

function sampleElement(group, row) {
  const id = make('span', 'id', row.id, row.isCritical ? make('span', 'critical', 'critical') : undefined);
  const changes = row.changes.flatMap((parts, index) => (index ? ['; ', ...phrase(parts)] : phrase(parts)));
  const cells = [id, make('span', 'class class-' + group.class, group.title), make('span', 'passes', row.baseline + ' \u2192 ' + row.now), make('span', 'changes', ...changes)];
  if (!row.detail) {
    if (row.url) id.replaceChildren(link(row.id, row.url), ...[...id.children]);
    return make('div', 'row', ...cells);
  }
  const details = make('details', '', make('summary', '', ...cells));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(detailOf(row));
  });
  return details;
}

const chunk = 200;
function samplesSection() {
  const entries = data.groups.flatMap((group) => group.rows.map((row) => ({ group, row, text: (row.id + ' ' + (row.where || '') + ' ' + row.changes.flat().map((part) => part[1]).join('')).toLowerCase() })));
  const search = make('input');
  search.type = 'search';
  search.placeholder = 'Search samples and changes';
  search.setAttribute('aria-label', 'Search samples');
  const telling = data.groups.filter((group) => !group.class.startsWith('stable'));
  const active = new Set(telling.length > 0 ? telling.map((group) => group.class) : data.groups.map((group) => group.class));
  const list = make('div', 'samples');
  const status = make('p', 'soft');
  status.setAttribute('role', 'status');
  const more = make('button', 'chip', 'Show more');
  let limit = chunk;
  const cache = new Map();
  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const found = entries.filter((entry) => active.has(entry.group.class) && entry.text.includes(wanted));
    const shown = found.slice(0, limit).map((entry) => {
      if (!cache.has(entry)) cache.set(entry, sampleElement(entry.group, entry.row));
      return cache.get(entry);
    });
    list.replaceChildren(...shown);
    list.hidden = shown.length === 0;
    more.hidden = found.length <= limit;
    status.textContent = found.length === entries.length ? entries.length + ' samples' : found.length + ' of ' + entries.length + ' samples';
  }
  const chips = make('div', 'chips', ...data.groups.map((group) => {
    const chip = make('button', 'chip', group.title + ' ' + group.rows.length);
    chip.title = group.meaning;
    chip.setAttribute('aria-pressed', String(active.has(group.class)));
    chip.addEventListener('click', () => {
      if (!active.delete(group.class)) active.add(group.class);
      chip.setAttribute('aria-pressed', String(active.has(group.class)));
      limit = chunk;
      draw();
    });
    return chip;
  }));
  search.addEventListener('input', () => { limit = chunk; draw(); });
  more.addEventListener('click', () => { limit += chunk; draw(); });
  document.addEventListener('keydown', (event) => onKey(event, search, list, draw));
  draw();
  const keys = make('p', 'keys', make('kbd', '', '/'), ' search, ', make('kbd', '', 'j'), ' ', make('kbd', '', 'k'), ' next and previous sample, ', make('kbd', '', 'Enter'), ' open, ', make('kbd', '', 'Esc'), ' clear');
  return make('section', '', make('h2', '', 'Samples'), make('div', 'tools', search, chips), keys, status, list, more);
}
function onKey(event, search, list, draw) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    search.blur();
    draw();
  }
  if (document.activeElement === search) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const rows = [...list.querySelectorAll('summary')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
  if (next) next.focus();
}

function tableSection(table) {
  const head = make('tr', '', ...table.columns.map((name) => make('th', '', name)));
  const rows = table.rows.map((row) => make('tr', '', ...row.cells.map((cell, index) => make('td', index === row.cells.length - 1 ? row.tone : '', ...phrase(cell)))));
  return make('section', '', make('h2', '', table.title), make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows))));
}
function decisionSection() {
  const facts = data.provenance.flatMap(({ label, value }) => [make('dt', '', label), make('dd', '', ...phrase(value))]);
  const list = make('ul', 'decision', ...data.decision.map((parts) => make('li', '', ...phrase(parts))));
  return make('section', '', make('h2', '', 'How this was decided'), list, make('dl', '', ...facts));
}

if (data.effect) document.querySelector('header').append(effectFigure(data.effect));
const history = [...document.querySelectorAll('#history')];
const isBad = document.documentElement.classList.contains('tone-bad');
report.append(
  ...(isBad ? [] : history),
  ...(data.note ? [make('p', 'soft', data.note)] : []),
  ...(data.groups.length > 0 ? [samplesSection()] : []),
  ...data.tables.map(tableSection),
  ...(isBad ? history : []),
  decisionSection(),
  make('footer', '', ...data.footer.map((parts) => make('p', '', ...phrase(parts))), make('p', '', ...data.links.map(({ label, url }) => link(label, url)))),
);
`;
