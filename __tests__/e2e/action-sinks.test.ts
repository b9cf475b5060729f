import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { readMarkdown } from '../harness/markdown-sink.ts';
import { inertFaults } from '../harness/sink-checker.ts';
import { unseenFaults } from '../harness/text-sinks.ts';
import { hostile } from '../helpers/hostile.ts';
import { isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const texts = [...Object.values(hostile.markdown), ...Object.values(hostile.terminal), ...Object.values(hostile.bidi)];
/** A few texts of the corpora for each sample, so that all are said. */
const said = (n: number) => texts.filter((_, index) => index % sampleCount === n - 1).join('\n');

describe.skipIf(!isBuilt)('what the built action shows of hostile text', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  /** Everything that a reader of the pull request sees, by place. */
  const shown = (summary: string) => ({
    comment: scenario.github.state.comments[0]?.body.replace(/^(?:<!-- agent-regress[^\n]*-->\n)+/, '') ?? '',
    check: ownChecks(scenario.github).at(-1)?.summary ?? '',
    summary,
  });
  const expectInert = (places: Record<string, string>) => {
    const { repository } = scenario.github.state;
    for (const [place, text] of Object.entries(places)) {
      expect(text, place).not.toBe('');
      const faults = inertFaults(readMarkdown(text), `https://github.com/${repository.fullName}/`);
      expect({ place, faults: [...faults, ...unseenFaults(text.replace(/[\t\u200b]/g, ''))] }).toEqual({ place, faults: [] });
    }
  };

  it('T09 T10 T11 T12 shows what an agent says as text in comment, check, summary, annotations and log', async () => {
    const { github, agent } = scenario;
    await scenario.run(pushRun(github));
    for (let n = 1; n <= sampleCount; n++) {
      agent.behaviours[questionOf(n)] = { answer: said(n), toolCalls: [{ name: said(n), args: { [said(n)]: said(n) } }] };
    }
    const run = await scenario.run(pullRequestRun(github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
    expectInert(shown(run.summary));
    for (const { title, message } of ownChecks(github).at(-1)?.annotations ?? [])
      expect(unseenFaults(`${title}\n${message.replaceAll('\t', ' ')}`)).toEqual([]);
    expect(unseenFaults(logOf(run).replaceAll('\t', ' '))).toEqual([]);
  });

  it('T09 T10 T12 shows an error that quotes an agent as code, whatever ends its lines', async () => {
    const { github, workspace } = scenario;
    const attack = `x\r</details>\r# heading @octocat #1\r\u001b[31m\u202e ![p](https://evil.example/p) <!-- agent-regress:v1 -->`;
    await writeFile(join(workspace, 'agent.mjs'), `throw new Error(${JSON.stringify(attack)});`);
    const suite = [
      'suite: support-bot',
      'samples: samples/*.jsonl',
      'agent: {type: module, path: agent.mjs}',
      'checkers: [{type: contains, value: x}]',
    ];
    await writeFile(join(workspace, 'agent-regress.yml'), suite.join('\n'));
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(2);
    const places = shown(run.summary);
    expect(places.summary).toContain('# heading');
    expectInert(places);
    for (const text of Object.values(places)) expect(readMarkdown(text).structure).toBe(readMarkdown('support-bot\n\n```\nx\n```\n').structure);
  });
});
