import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systems } from '../../src/index.ts';
import { makeProject, runCli } from '../helpers/run-cli.ts';
import { describePeer, type RunningPeer, startPeer } from './support.ts';

const adk = await systems.adk();

/** Whole numbers below `limit`, the same in every run (Park and Miller's generator). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

const words =
  'I rolled a die and got sixteen running generations libraries dying being denied hopping classes prime 13 4 17.5 the cat, sat! on-mat'.split(' ');
const sentence = (below: (limit: number) => number, most: number) => Array.from({ length: below(most) }, () => words[below(words.length)]).join(' ');

interface Call {
  name: string;
  args: Record<string, unknown>;
}
const calls: Call[] = [
  { name: 'roll_die', args: { sides: 6 } },
  { name: 'roll_die', args: { sides: 20 } },
  { name: 'check_prime', args: { nums: [7] } },
];

/** Cases whose user messages tell the scripted model what to do, beside expectations that are met, nearly met or missed. */
function evalCases(below: (limit: number) => number) {
  return Array.from({ length: 24 }, (_, number) => ({
    eval_id: `case_${number}`,
    conversation: Array.from({ length: 1 + below(3) }, () => {
      const made = Array.from({ length: below(4) }, () => calls[below(calls.length)] as Call);
      const wanted = below(2) === 0 ? made : Array.from({ length: below(4) }, () => calls[below(calls.length)] as Call);
      const said = sentence(below, 12);
      const prompt = [...made.map((call) => `call: ${JSON.stringify(call)}`), `say: ${said}`].join('\n');
      return {
        user_content: { role: 'user', parts: [{ text: prompt }] },
        final_response: { role: 'model', parts: [{ text: below(2) === 0 ? said : sentence(below, 12) }] },
        intermediate_data: { tool_uses: wanted },
      };
    }),
  }));
}

describePeer('adk-python', "ADK's own evaluation", () => {
  let server: RunningPeer;
  beforeAll(async () => {
    const command = (port: number) => ['../venv/bin/adk', 'api_server', '--port', `${port}`, '--session_service_uri', 'memory://', '.'];
    server = await startPeer({ peer: 'adk-python', fixtures: 'adk-eval', command, health: '/list-apps' });
  }, 120_000);
  afterAll(() => server?.stop());

  const python = (args: string[], input = '') =>
    execFileSync('../venv/bin/python', args, {
      cwd: server.folder,
      input,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: server.folder },
      maxBuffer: 1e8,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  const settings = [
    ['EXACT', { match_type: 'EXACT' }],
    ['IN_ORDER', { match_type: 'in order' }],
    ['ANY_ORDER', { matchType: 2 }],
    ['EXACT without arguments', { match_type: 'exact', ignore_args: true }],
  ] as const;
  const configOf = (match: (typeof settings)[number][1]) =>
    JSON.stringify({ criteria: { tool_trajectory_avg_score: { threshold: 0.5, ...match }, response_match_score: 0.6 } });
  /** What ADK said of all cases, by setting: one start of Python for all of them. */
  const histories = () => {
    const evalSet = JSON.stringify({ eval_set_id: 'all', eval_cases: evalCases(randomNumbers(20_251)) });
    writeFileSync(join(server.folder, 'dice/all.evalset.json'), evalSet);
    const runs = settings.map(([, match], number) => {
      writeFileSync(join(server.folder, `config-${number}.json`), configOf(match));
      return `config-${number}.json=history-${number}`;
    });
    python(['driver.py', 'dice/all.evalset.json', ...runs]);
    return settings.map((_, number) => join(server.folder, `history-${number}`));
  };
  let evaluated: string[] | undefined;

  it.each(settings)('gives the scores and statuses that we give: %s', { timeout: 180_000 }, async (name, match) => {
    evaluated ??= histories();
    const history = evaluated[settings.findIndex(([known]) => known === name)] ?? '';
    writeFileSync(join(server.folder, 'dice/test_config.json'), configOf(match));
    const project = makeProject({});
    try {
      const theirs = await runCli(['import', history, '--output', 'theirs'], { cwd: project.folder });
      expect(theirs.code, theirs.stderr).toBe(0);
      const folder = join(server.folder, 'dice');
      const ours = await runCli(
        ['run', '--from', 'adk', folder, join(folder, 'all.evalset.json'), '--agent-url', server.url, '--output', 'ours', '-q'],
        { cwd: project.folder },
      );
      expect(ours.code, ours.stderr).toBe(1);
      const scores = (run: string) => new Map(project.records(run, 'score').map((score) => [`${score.sample} ${score.checker}`, score]));
      const [wanted, found] = [scores('theirs'), scores('ours')];
      expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
      expect(wanted.size).toBe(48);
      for (const [name, score] of wanted) {
        const { value, pass, perTurn } = found.get(name) as { value: number; pass: boolean; perTurn: number[] };
        expect(Math.abs(value - Number(score.value)), name).toBeLessThan(1e-6);
        expect(pass, name).toBe(score.pass);
        for (const [turn, one] of perTurn.entries()) expect(Math.abs(one - Number((score.perTurn as number[])[turn])), name).toBeLessThan(1e-6);
      }
      const outcomes = (run: string) => Object.fromEntries(project.records(run, 'done').map(({ sample, outcome }) => [sample, outcome]));
      expect(outcomes('ours')).toEqual(outcomes('theirs'));
    } finally {
      project.remove();
    }
  });

  it('reads the results that we write', { timeout: 120_000 }, async () => {
    const conversation = evalCases(randomNumbers(7)).slice(0, 3);
    writeFileSync(join(server.folder, 'dice/three.evalset.json'), JSON.stringify({ eval_set_id: 'three', eval_cases: conversation }));
    const project = makeProject({});
    try {
      const folder = join(server.folder, 'dice');
      await runCli(['run', '--from', 'adk', folder, join(folder, 'three.evalset.json'), '--agent-url', server.url, '--output', 'run', '-q'], {
        cwd: project.folder,
      });
      const written = await runCli(['export', 'run', '--to', 'adk', '--output', 'agents', '--option', 'app=dice'], { cwd: project.folder });
      expect(written.code, written.stderr).toBe(0);
      const [file = ''] = readdirSync(join(project.folder, 'agents/dice/.adk/eval_history'));
      const read = JSON.parse(python(['read_result.py', join(project.folder, 'agents'), 'dice', file.replace('.evalset_result.json', '')]));
      expect(read).toMatchObject({ eval_set_id: 'three', eval_case_results: [{ eval_id: 'case_0' }, { eval_id: 'case_1' }, { eval_id: 'case_2' }] });
      const status = { pass: 1, fail: 2 } as Record<string, number>;
      const byCase = Object.fromEntries(
        project.records('run', 'done').map(({ sample, outcome }) => [String(sample).replace('three:', ''), status[String(outcome)]]),
      );
      const found = read.eval_case_results.map((one: { eval_id: string; final_eval_status: number }) => [one.eval_id, one.final_eval_status]);
      expect(Object.fromEntries(found)).toEqual(byCase);
    } finally {
      project.remove();
    }
  });

  it('rouge_score agrees on 2,000 texts', { timeout: 120_000 }, () => {
    const below = randomNumbers(1_234_567);
    const syllables = [
      'ing',
      'ed',
      'ies',
      'ation',
      'ness',
      'ful',
      'ly',
      's',
      'y',
      'ss',
      'er',
      'ize',
      'al',
      'ous',
      'é',
      'ß',
      "'s",
      '-',
      '_',
      '7',
      'Cat',
      'DOG',
      'run',
      'hop',
      'fl',
      'e',
      'b',
      'tr',
      '\n',
      '. ',
    ];
    const noise = () =>
      Array.from({ length: below(14) }, () => Array.from({ length: 1 + below(4) }, () => syllables[below(syllables.length)]).join('')).join(' ');
    const pairs = Array.from({ length: 2000 }, (_, number) => {
      const reference = number % 2 === 0 ? sentence(below, 20) : noise();
      const candidate = number % 3 === 0 ? `${reference} ${noise()}` : number % 2 === 0 ? sentence(below, 20) : noise();
      return [candidate, reference] as const;
    });
    const wanted = JSON.parse(python(['rouge.py'], JSON.stringify(pairs))) as number[];
    expect(wanted.filter((score) => score > 0 && score < 1).length).toBeGreaterThan(500);
    for (const [index, [candidate, reference]] of pairs.entries()) {
      expect(
        Math.abs(adk.rouge1(candidate, reference).fmeasure - (wanted[index] ?? Number.NaN)),
        JSON.stringify([candidate, reference]),
      ).toBeLessThan(1e-9);
    }
  });
});
