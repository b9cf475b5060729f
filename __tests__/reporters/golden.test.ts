import { describe, expect, it } from 'vitest';
import { reporters } from '../../src/reporters/registry.ts';
import type { RenderOptions } from '../../src/reporters/reporter.ts';
import { verdictCases } from '../helpers/verdicts.ts';
import { aView } from '../helpers/views.ts';

const folder = '../golden/reports';

const outputs: { type: string; ending: string; options: RenderOptions; names?: string[] }[] = [
  { type: 'terminal', ending: 'txt', options: { width: 80 } },
  { type: 'markdown', ending: 'md', options: {} },
  { type: 'comment', ending: 'comment.md', options: {} },
  { type: 'json', ending: 'json', options: {}, names: ['regressed', 'incomplete'] },
  { type: 'junit', ending: 'xml', options: {}, names: ['regressed', 'incomplete'] },
  { type: 'csv', ending: 'csv', options: {}, names: ['regressed', 'incomplete'] },
  { type: 'html', ending: 'html', options: {}, names: ['regressed', 'incomplete'] },
];

describe.each(verdictCases())('the $name reports', (verdict) => {
  it.each(outputs.filter(({ names }) => !names || names.includes(verdict.name)))(
    'read as the checked-in $ending file',
    async ({ type, ending, options }) => {
      const text = reporters.get(type).render(aView(verdict), options);
      await expect(text.replace(/\r\n/g, '\n')).toMatchFileSnapshot(`${folder}/${verdict.name}.${ending}`);
    },
  );

  it('read well at 40 columns', async () => {
    const text = reporters.get('terminal').render(aView(verdict), { width: 40 });
    await expect(text).toMatchFileSnapshot(`${folder}/${verdict.name}.narrow.txt`);
  });
});
