import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/run/core/redact.ts';

const canaries = [
  ...[
    'sk-proj-8fA3kd92Lm',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'AKIAIOSFODNN7EXAMPLE',
    'hunter2!',
    'p@ss w0rd&<>"\'',
    'schlüssel-öäü',
    '密码密码密码密码',
  ],
  ...[
    '🎲🎲🎲🎲',
    'a/b+c=d?e&f#g',
    'line one\nline two!!',
    '  padded-secret  ',
    'tab\tinside',
    '{"user":"svc","key":"inner-secret-1"}',
    'https://user:pa55@host.test/x',
  ],
  ...[
    'xoxb-123456789012-abc',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    '123456789',
    '%%%%%%%',
    '\\u0041\\n',
    '$(whoami)',
    '`rm -rf`',
    '++++////',
    '-----BEGIN KEY-----\nMIIB+/aa\n-----END KEY-----',
  ],
  ...["quote'single'quote", '<script>alert(1)</script>'],
];

const encodings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  trimmed: (secret) => secret.trim(),
  'first long line': (secret) => secret.split('\n').find((line) => line.length >= 6) ?? secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 after one byte': (secret) => Buffer.from(`x${secret}yz`).toString('base64'),
  'base64 after two bytes': (secret) => Buffer.from(`xy${secret}z`).toString('base64'),
  base64url: (secret) => Buffer.from(`u:${secret}`).toString('base64url'),
  'percent encoding': (secret) => encodeURIComponent(secret),
  'form encoding': (secret) => new URLSearchParams({ secret }).toString(),
  JSON: (secret) => JSON.stringify({ secret }),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)),
  HTML: (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper-case hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
};

describe('redaction', () => {
  it.each(Object.entries(encodings))('finds 25 secrets in %s', (_, encode) => {
    expect(canaries).toHaveLength(25);
    for (const value of canaries) {
      const redactor = createRedactor([{ name: 'KEY', value }]);
      expect(redactor.ignored, value).toEqual([]);
      const encoded = encode(value);
      const redacted = redactor.text(`before ${encoded} after`);
      expect(redacted, value).toContain('[redacted:KEY]');
      expect(redacted, value).not.toContain(value.trim());
      // What is left beside the label is at most the base64 digits that also hold bits of the neighbours.
      expect(redacted.length, `${value} in ${redacted}`).toBeLessThan('before [redacted:KEY] after'.length + 14);
    }
  });

  it('never leaves a secret in any text around it', () => {
    const values = canaries.map((value, index) => ({ name: `KEY${index}`, value }));
    const redactor = createRedactor(values);
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...canaries),
      fc.constantFrom(...canaries.map((value) => value.slice(0, 5))),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const redacted = redactor.text(parts.join(''));
        for (const { value } of values) expect(redacted.includes(value.trim())).toBe(false);
      }),
    );
  });

  it.each([
    ['https://me:p%40ssword@a.example/x', 'your password is p@ssword', 'p@ssword'],
    ['https://me:p%40ssword@a.example/x', `Basic ${Buffer.from('me:p@ssword').toString('base64')}`, Buffer.from('p@ssword').toString('base64url')],
    ['https://a.example/chat?v=2&api_key=k%2Fsecret', 'the key k/secret is wrong', 'k/secret'],
    ['https://a.example/chat?v=2&x=aB3dE6gH9jK2mN5p', 'GET /chat?x=aB3dE6gH9jK2mN5p', 'aB3dE6gH9jK2mN5p'],
    ['https://hooks.example/T0/aB3dE6gH9jK2mN5p?v=2', 'Cannot POST /T0/aB3dE6gH9jK2mN5p', 'aB3dE6gH9jK2mN5p'],
    ['https://a.example/tenant-x/chat?v=2', 'nothing listens at https://a.example/tenant-x/chat', 'tenant-x'],
    ['Bearer tok-en-77', 'bad token tok-en-77', 'tok-en-77'],
  ])('finds the secret parts of %s', (value, text, part) => {
    const redacted = createRedactor([{ name: 'AGENT_URL', value }]).text(text);
    expect(redacted).toContain('[redacted:AGENT_URL]');
    expect(redacted).not.toContain(part);
  });

  it('leaves the ordinary words of an address alone', () => {
    const redactor = createRedactor([{ name: 'AGENT_URL', value: 'https://agent.example/v1/complete?model=gpt-5-mini' }]);
    const text = 'agent.example completes with gpt-5-mini at /v1/complete';
    expect(redactor.text(text)).toBe(text);
  });

  it('covers overlapping secrets whole', () => {
    const redactor = createRedactor([
      { name: 'A', value: 'abcdefgh' },
      { name: 'B', value: 'efghijkl' },
    ]);
    expect(redactor.text('<abcdefghijkl>')).toBe('<[redacted:A]>');
  });

  it('reaches keys, numbers and any depth, and leaves the words of a record alone', () => {
    const redactor = createRedactor([
      { name: 'KEY', value: 'canary-1' },
      { name: 'PIN', value: '12345678' },
      { name: 'WORD', value: 'trajectory' },
      { name: 'KIND', value: 'toolCall' },
    ]);
    const record = {
      type: 'response',
      sample: 'trajectory',
      trajectory: {
        turns: [
          {
            input: 'x',
            output: 'my trajectory',
            steps: [{ kind: 'toolCall', name: 'f', args: { 'canary-1': [{ pin: 12345678, deep: 'canary-1' }] } }],
          },
        ],
        latencyMs: 12345678,
      },
    };
    expect(redactor.json(record)).toEqual({
      type: 'response',
      sample: 'trajectory',
      trajectory: {
        turns: [
          {
            input: 'x',
            output: 'my [redacted:WORD]',
            steps: [{ kind: 'toolCall', name: 'f', args: { '[redacted:KEY]': [{ pin: '[redacted:PIN]', deep: '[redacted:KEY]' }] } }],
          },
        ],
        latencyMs: 12345678,
      },
    });
  });

  it('gives back the same value when there is nothing to take out', () => {
    const value = { a: ['b', { c: 1 }] };
    expect(createRedactor([]).json(value)).toBe(value);
    expect(createRedactor([{ name: 'KEY', value: 'canary-1' }]).json(value)).toBe(value);
  });

  it('names the secrets that are too short to be found', () => {
    const redactor = createRedactor([
      { name: 'SHORT', value: '12345' },
      { name: 'EMPTY', value: '' },
    ]);
    expect(redactor.ignored).toEqual(['SHORT']);
    expect(redactor.text('12345')).toBe('12345');
  });
});
