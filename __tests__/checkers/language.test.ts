import { describe, expect, it } from 'vitest';
import { language } from '../../src/checkers/language.ts';
import { check, checkOutput, makeTrajectory } from './build.ts';

const german = 'Ihre Erstattung wurde heute Morgen auf Ihr Bankkonto überwiesen.';
const english = 'Your refund was sent to your bank account this morning.';

describe('language', () => {
  it.each([
    ['de', german, true],
    ['de', english, false],
    ['EN-us', english, true],
    ['deu', german, true],
    [['fr', 'en'], english, true],
    ['ja', 'ご返金は本日行われました。', true],
    ['zh', '您的退款已经发送到您的账户', true],
    ['zh', 'ご返金は本日行われました。', false],
    ['ru', 'Возврат отправлен на ваш счет сегодня утром.', true],
    ['de', `${german}\n\`\`\`js\nthrow new Error("this is not the answer that you are looking for");\n\`\`\``, true],
  ])('%j of %j is %s', async (wanted, text, pass) => {
    expect(await checkOutput(language, { language: wanted }, text)).toMatchObject({ kind: 'scored', pass, value: pass ? 1 : 0 });
  });

  it.each([
    ['', 'it has 0 letters'],
    ['Hello', 'it has 5 letters'],
    ['12345 67890 https://example.com/das-ist-ein-langer-pfad/und/so/weiter', 'it has 0 letters'],
    ['x'.repeat(100), 'its language cannot be told'],
  ])('is unscored for %j', async (text, reason) => {
    expect(await checkOutput(language, { language: 'en' }, text)).toMatchObject({ kind: 'unscored', reason: expect.stringContaining(reason) });
  });

  it('takes the language of the sample', async () => {
    const score = (row: Record<string, string>) =>
      check(language, { language: '{{row.language}}' }, { sample: { row }, trajectory: makeTrajectory(german) });
    expect(await score({ language: 'de' })).toMatchObject({ pass: true });
    expect(await score({ language: 'fr' })).toMatchObject({ pass: false, reason: expect.stringContaining('it looks like de, not fr') });
    expect(await score({ language: 'klingon' })).toMatchObject({ kind: 'unscored', reason: '"klingon" is no language that is known here' });
    expect(await score({})).toMatchObject({ kind: 'unscored' });
  });

  it('refuses a language that it does not know', async () => {
    await expect(checkOutput(language, { language: 'qq' }, german)).rejects.toMatchObject({
      problems: [{ field: 'language', remedy: expect.stringContaining('de') }],
    });
  });
});
