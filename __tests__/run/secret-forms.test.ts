import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretForms, shortestSecret } from '../../src/run/core/secret-forms.ts';

/** Has something that each encoding changes, and each leaves. */
const secret = `pÄ/s+s "w'o<r>d&\\$\`%!*()~_.-ß🎲`;

const bytes = Buffer.from(secret);
const hex = bytes.toString('hex').match(/../g) ?? [];
const uri = encodeURIComponent(secret);
const form = new URLSearchParams({ '': secret }).toString().slice(1);
const strict = uri.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const lower = (text: string) => text.replace(/%../g, (unit) => unit.toLowerCase());
const json = JSON.stringify(secret).slice(1, -1);
const ascii = json.replace('Ä', '\\u00c4').replace('ß', '\\u00df').replace('🎲', '\\ud83c\\udfb2');
const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const signs = (encode: (sign: string) => string) => secret.replace(/[&<>"']/g, encode);

const forms: Record<string, string> = {
  'as it is': secret,
  'in capitals': secret.toUpperCase(),
  'in small letters': secret.toLowerCase(),
  'in JSON': json,
  'in JSON of ASCII': ascii,
  'in JSON of ASCII with capital digits': ascii
    .replace(/u00../g, (unit) => `u${unit.slice(1).toUpperCase()}`)
    .replace('ud83c\\udfb2', 'uD83C\\uDFB2'),
  'in JSON of PHP': json.replace('/', '\\/'),
  'in JSON in JSON': JSON.stringify(json).slice(1, -1),
  'in an address': uri,
  'in a form': form,
  'in a signed address': strict,
  'in an address, small digits': lower(uri),
  'in a form, small digits': lower(form),
  'in a signed address, small digits': lower(strict),
  'in an address, with plus': uri.replaceAll('%20', '+'),
  'in a signed address, with plus': strict.replaceAll('%20', '+'),
  'in a path': strict.replaceAll('%2F', '/'),
  'in a path, small digits': lower(strict).replaceAll('%2f', '/'),
  'as a part of an address': encodeURI(secret),
  'in an address in an address': encodeURIComponent(uri),
  'in a signed address in an address': encodeURIComponent(strict),
  'in text of HTML': html,
  ...Object.fromEntries(
    ["'", '&#39;', '&#039;', '&#x27;', '&apos;'].map((apostrophe) => [
      `in HTML with ${apostrophe}`,
      html.replace('"', '&quot;').replace("'", apostrophe),
    ]),
  ),
  'in HTML of Go': html.replace('"', '&#34;').replace("'", '&#39;'),
  'in HTML by numbers': signs((sign) => `&#${sign.charCodeAt(0)};`),
  'in HTML by hexadecimal numbers': signs((sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  'in a shell': secret.replace("'", "'\\''"),
  'in a shell, quoted by quotes': secret.replace("'", `'"'"'`),
  'in PowerShell': secret.replace("'", "''"),
  'in a command line of Windows': secret.replace('"', '\\"'),
  'between double quotes of a shell': secret.replace(/["\\$`]/g, '\\$&'),
  'in a shell without quotes': [...secret].map((sign) => (/[\w/+%.-]/.test(sign) ? sign : `\\${sign}`)).join(''),
  'in digits': hex.join(''),
  'in capital digits': hex.join('').toUpperCase(),
  'in digits with spaces': hex.join(' '),
  'in digits with colons': hex.join(':'),
  'in digits of C': hex.map((pair) => `\\x${pair}`).join(''),
  'in base64': bytes.toString('base64'),
};

describe('the forms of a secret', () => {
  it.each(Object.entries(forms))('are one %s', (_, wanted) => {
    expect(secretForms(secret)).toContain(wanted);
  });

  it('are its base64 digits at any place of a longer text, in both alphabets, with and without padding', () => {
    const text = fc.string({ unit: 'binary', minLength: shortestSecret, maxLength: 12 });
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 5 }), fc.uint8Array({ maxLength: 3 }), (value, before, after) => {
        const found = new Set(secretForms(value));
        const bytesOfValue = Buffer.from(value);
        const wanted = (['base64', 'base64url'] as const).flatMap((alphabet) => {
          // All but the digits that hold bits of the neighbours.
          const [start, end] = [Math.ceil((before.length * 8) / 6), Math.floor(((before.length + bytesOfValue.length) * 8) / 6)];
          const longer = Buffer.concat([before, bytesOfValue, after]).toString(alphabet).slice(start, end);
          const whole = bytesOfValue.toString(alphabet);
          return [longer, whole, whole.replace(/=+$/, '')];
        });
        expect(wanted.filter((form) => !found.has(form))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('are never so short that they are in ordinary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (value) => {
        expect(secretForms(value).filter((one) => one.length < shortestSecret)).toEqual([]);
      }),
    );
    expect(secretForms('12345')).toEqual([]);
    expect(secretForms(' 12345 ')).not.toContain('12345');
    expect(secretForms('123456')).toContain('123456');
  });

  it('have another case only where no word of a language is meant', () => {
    expect(secretForms('Tok-en-7')).toEqual(expect.arrayContaining(['tok-en-7', 'TOK-EN-7']));
    for (const [word, other] of [
      ['Password', 'password'],
      ['Two words', 'two words'],
      ['Käsekuchen', 'käsekuchen'],
      ['Tok-en7', 'tok-en7'],
    ] as const) {
      expect(secretForms(word)).not.toContain(other);
    }
  });
});

describe('the texts inside a secret', () => {
  it.each([
    ['  padded  ', ['padded']],
    ['first line\r\n second line \rthird line\nfourth line', ['first line', 'second line', 'third line', 'fourth line']],
    ['\none\r\n\u0000\u200b\ttwo\n', ['one two', 'one\r\n\u0000\u200b\ttwo']],
    ['before 🎲🎲 behind it', ['before', 'behind it']],
    ['Bearer  abc def 1', ['abc def 1']],
    ['basic dXNlcjpwdw==', ['dXNlcjpwdw==']],
    ['token abcdef1', ['abcdef1']],
    [' ApiKey abcdef1 ', ['abcdef1']],
    [' {"a":{"b":["deep-1",{"c":"deep-2"}]},"n":12345678,"no":null,"yes":true}', ['deep-1', 'deep-2']],
    ['["in-a-list"]', ['in-a-list']],
    ['"in-a-text"', ['in-a-text']],
  ])('of %j are known', (value, parts) => {
    expect(secretForms(value)).toEqual(expect.arrayContaining(parts));
  });

  it('are none of what only looks like JSON or a scheme of credentials', () => {
    expect(secretForms('{"a":"inner-1"')).not.toContain('inner-1');
    expect(secretForms('x {"a":"inner-1"}')).not.toContain('inner-1');
    expect(secretForms('[12345678,"inner-1"]')).not.toContain('12345678');
    expect(secretForms('my bearer abcdef1')).not.toContain('abcdef1');
    expect(secretForms('bearerabcdef1')).not.toContain('abcdef1');
  });
});

describe('the secret parts of an address', () => {
  const random = 'aB3dE6gH9jK2mN5p';

  it.each([
    ['https://user:pa55word@a.example/', ['user:pa55word', 'pa55word']],
    ['postgres://us%40er:p%40ssword@a.example/', ['us%40er:p%40ssword', 'us@er:p@ssword', 'p@ssword']],
    ['git+ssh://only-a-login@a.example', ['only-a-login']],
    ['https://u:100%25%zz@a.example', ['100%25%zz']],
    ['https://user:pa55word@a.example/v1/chat?x=1#y', ['https://a.example/v1/chat']],
    ['https://a.example?x=1&api_key=abcdef&y', ['abcdef']],
    ['https://a.example/?MyToken=a%2Fbcdef=&z=2#frag', ['a%2Fbcdef=', 'a/bcdef=']],
    [`https://a.example?x=${random}`, [random]],
    [`https://a.example?${random}&y=2`, [random]],
    [`https://a.example/hook/${random}/x`, [random]],
    [`  https://a.example/hook/${random}  `, [random, `https://a.example/hook/${random}`]],
  ])('%s are known', (value, parts) => {
    expect(secretForms(value)).toEqual(expect.arrayContaining(parts));
  });

  it.each(['key', 'token', 'secret', 'sig', 'pass', 'auth', 'code', 'cred'])('are the values of parameters with %s in their names', (name) => {
    expect(secretForms(`https://a.example?my${name.toUpperCase()}s=abcdef`)).toContain('abcdef');
  });

  it.each([
    ['https://agent.example/v1/complete?model=gpt-5-mini', ['agent.example', 'complete', 'gpt-5-mini', 'model', 'https://agent.example']],
    ['https://agent.example?model=x', ['https://agent.example', 'agent.example']],
    ['https://agent.example/?model=x', ['https://agent.example/', 'https://agent.example']],
    // Long without digits, long without letters, and one too short.
    ['https://a.example/abcdefghijklmnopq/12345678901234567/aB3dE6gH9jK2mN5', ['abcdefghijklmnopq', '12345678901234567', 'aB3dE6gH9jK2mN5']],
    ['https://a.example?api_key', ['api_key']],
    ['see https://a.example?key=abcdef', ['abcdef']],
  ])('are no ordinary words: %s', (value, words) => {
    const found = secretForms(value);
    for (const word of words) expect(found).not.toContain(word);
  });
});
