// Seconds that 20 deterministic checkers take for 1,000 trajectories, on one line: node bench/checkers.mjs, after npm run build.
// Each trajectory has two turns, six tool calls with results, 120 words of answer and a final state; no two are alike.
const load = (path) => import(new URL(`../lib/${path}`, import.meta.url).href);
const [{ compileCheckers }, { checkers: registry }, { scopeOf }] = await Promise.all([
  load('checkers/compile.js'),
  load('checkers/registry.js'),
  load('records/check-scope.js'),
]);

const count = 1000;
const entries = [
  { type: 'equals', value: '{{expected}}' },
  { type: 'contains', value: '{{row.order}}', ignoreCase: true },
  { type: 'regex', pattern: 'order [A-Z]\\d+ .* \\d+\\.\\d{2}' },
  { type: 'number', value: '{{row.total}}' },
  { type: 'json-match', actual: '{{finalState}}', value: { order: '{{row.order}}' }, mode: 'subset' },
  {
    type: 'json-schema',
    actual: '{{finalState}}',
    schema: { type: 'object', required: ['order', 'items'], properties: { items: { type: 'array' } } },
  },
  { type: 'rouge', variant: 'L' },
  { type: 'bleu' },
  { type: 'chrf' },
  { type: 'similarity' },
  { type: 'length', max: 200 },
  { type: 'links', hosts: ['shop.example'] },
  { type: 'pii' },
  { type: 'secret-leak' },
  { type: 'refusal', not: true },
  { type: 'trajectory', match: 'in-order', args: 'subset', fields: { '/filter/page': 'ignore' } },
  { type: 'tool-order', rules: [{ tool: 'verify', before: 'refund', same: 'order' }] },
  { type: 'loops' },
  { type: 'tool-result-used', tools: ['get_order'], paths: ['/total'] },
  {
    type: 'state',
    assertions: [
      { path: '/items', contains: { sku: 'S1' } },
      { path: '/order', equals: '{{row.order}}' },
    ],
  },
];

const words = 'we have looked into your order and found that the parcel left our house on time but was then held up by the carrier near you'.split(
  ' ',
);
const sentence = (seed) => Array.from({ length: 30 }, (_, index) => words[(seed * 31 + index * 7 + ((seed * index) % 5)) % words.length]).join(' ');

function makeSlot(number) {
  const order = `A${1000 + number}`;
  const total = 10 + number / 100;
  const text = `${sentence(number)}. ${sentence(number + 1)}! ${sentence(number + 2)}. Your order ${order} came to ${total.toFixed(2)}: https://shop.example/o/${order} ${sentence(number + 3)}.`;
  const call = (name, args, result) => ({ kind: 'toolCall', name, args, result });
  const calls = [
    call('search', { query: order, filter: { page: number % 3 } }, { hits: [order] }),
    call('verify', { order }, { ok: true }),
    call('get_order', { order }, { order, total, items: Array.from({ length: 5 }, (_, index) => ({ sku: `S${index}`, count: index })) }),
  ];
  const trajectory = {
    turns: [
      { input: 'Where is it?', output: sentence(number + 9), steps: calls },
      {
        input: 'And my money?',
        output: text,
        steps: [call('get_order', { order }, { order, total }), call('verify', { order }, {}), call('refund', { order, total }, {})],
      },
    ],
    finalState: { order, items: Array.from({ length: 8 }, (_, index) => ({ sku: `S${index}`, count: index })) },
  };
  const turns = [
    { input: 'Where is it?', toolCalls: [{ name: 'search', args: { query: order, filter: { page: 0 } } }] },
    {
      input: 'And my money?',
      toolCalls: [
        { name: 'verify', args: { order } },
        { name: 'refund', args: { order } },
      ],
    },
  ];
  const base = {
    id: `s${number}`,
    input: 'x',
    tags: [],
    weight: 1,
    critical: false,
    files: [],
    checkers: [],
    metadata: {},
    hash: '',
    scoreHash: '',
    file: 'x',
    line: 1,
  };
  const sample = { ...base, expected: text.replace('parcel', 'box').replace('on time', 'late'), turns, row: { order, total } };
  return { sample, trajectory };
}

const configs = entries.map(({ type, not = false, ...options }) => ({
  type,
  name: type,
  required: true,
  weight: 1,
  not,
  options: registry.get(type).options.parse(options),
}));
const compiled = await compileCheckers(configs, registry, { baseDir: '.', modules: {} }, (text) => text);
const slots = Array.from({ length: count }, (_, number) => makeSlot(number));
const isDetailed = process.argv.includes('--each');

const byType = new Map();
let unscored = 0;
const started = process.cpuUsage();
const wall = performance.now();
for (const { sample, trajectory } of slots) {
  const input = { sample, trajectory, epoch: 1, scope: scopeOf(sample, trajectory, 1) };
  for (const { type, check } of compiled) {
    const from = isDetailed ? performance.now() : 0;
    const score = await check(input);
    if (isDetailed) byType.set(type, (byType.get(type) ?? 0) + performance.now() - from);
    if (score.kind === 'unscored') unscored++;
  }
}
const used = process.cpuUsage(started);
const figures = {
  trajectories: count,
  checkers: compiled.length,
  cpuSeconds: (used.user + used.system) / 1e6,
  wallSeconds: (performance.now() - wall) / 1000,
  unscored,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
for (const [type, ms] of [...byType].sort((a, b) => b[1] - a[1])) process.stdout.write(`  ${type}: ${ms.toFixed(0)} ms\n`);
