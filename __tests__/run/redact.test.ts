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

  describe('of a secret that was cut', () => {
    const redact = (text: string) => createRedactor([{ name: 'KEY', value: 'sk-proj-8fA3kd92Lm' }]).text(text);

    it.each([
      ['bad key sk-proj-8fA… of', 'bad key [redacted:KEY]… of'],
      ['bad key sk-proj-8fA...', 'bad key [redacted:KEY]...'],
      ['sk-proj-…', '[redacted:KEY]…'],
      [`Unexpected token 's', "sk-proj-8f"... is not valid JSON`, `Unexpected token 's', "[redacted:KEY]"... is not valid JSON`],
      ['… A3kd92Lm …fA3kd92Lm is bad', '… A3kd92Lm …[redacted:KEY] is bad'],
      ['...A3kd92Lm', '...[redacted:KEY]'],
      ['…8fA3kd92Lm sk-proj-8fA…', '…[redacted:KEY] [redacted:KEY]…'],
      [
        'sk-proj-8… sk-proj-8fA… …92Lm …A3kd92Lm …3kd92Lm …fA3kd92Lm',
        '[redacted:KEY]… [redacted:KEY]… …92Lm …[redacted:KEY] …3kd92Lm …[redacted:KEY]',
      ],
      ['sk-proj-sk-proj-8f…', 'sk-proj-[redacted:KEY]…'],
      ['…fA3kd92LmA3kd92Lm', '…[redacted:KEY]A3kd92Lm'],
      ['sk-proj-8fA3kd92Lm…', '[redacted:KEY]…'],
    ])('takes out what is left: %s', (text, redacted) => {
      expect(redact(text)).toBe(redacted);
    });

    it.each(['sk-proj…', 'sk-proj-8fA..', 'sk-proj-8fB…', 'sk-proj-8fA and more…', '…3kd92Lm', '..A3kd92Lm', '…x A3kd92Lm', 'A3kd92Lm…'])(
      'leaves what says too little, or was not cut: %s',
      (text) => {
        expect(redact(text)).toBe(text);
      },
    );

    it('takes out each of several pieces that stand in one another', () => {
      const redactor = createRedactor([{ name: 'A', value: 'aaaaaaaaaaaa' }]);
      expect(redactor.text('aaaaaaaaaa…')).toBe('[redacted:A]…');
      expect(redactor.text('…aaaaaaaaaa')).toBe('…[redacted:A]');
      expect(redactor.text(`${'a'.repeat(30)}…`)).toBe('[redacted:A]…');
    });
  });

  it('covers overlapping secrets whole', () => {
    const redactor = createRedactor([
      { name: 'A', value: 'abcdefgh' },
      { name: 'B', value: 'efghijkl' },
    ]);
    expect(redactor.text('<abcdefghijkl>')).toBe('<[redacted:A]>');
    expect(redactor.text('abcdefghefghijkl')).toBe('[redacted:A][redacted:B]');
  });

  it('names the longest of those that begin together, and the first of those that are the same', () => {
    const redactor = createRedactor([
      { name: 'SHORT', value: 'abcdefgh' },
      { name: 'LONG', value: 'abcdefgh-ijkl' },
      { name: 'SAME', value: 'abcdefgh' },
    ]);
    expect(redactor.text('abcdefgh-ijkl, abcdefgh')).toBe('[redacted:LONG], [redacted:SHORT]');
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

  it('keeps only what records refer to: their own kinds, digests and counts, each in its place', () => {
    const redactor = createRedactor([
      { name: 'TEXT', value: 'abc123' },
      { name: 'KIND', value: 'message' },
      { name: 'PIN', value: '123456' },
    ]);
    const kept = { type: 'abc123', kind: 'abc123', sample: 'abc123', hash: 'abc123', scoreHash: 'abc123', outcome: 'abc123', checksums: 'abc123' };
    expect(redactor.json(kept)).toEqual(kept);
    const counts = { epoch: 123456, planned: { slots: 123456, samples: 123456 }, totals: { calls: 123456, costUsd: 123456, minutes: 123456 } };
    expect(redactor.json(counts)).toEqual(counts);
    expect(redactor.json({ file: 'abc123', tags: ['x', 'abc123'], pin: 123456, pass: true, error: null })).toEqual({
      file: '[redacted:TEXT]',
      tags: ['x', '[redacted:TEXT]'],
      pin: '[redacted:PIN]',
      pass: true,
      error: null,
    });
    expect(redactor.json({ tags: [{ hash: 'abc123', epoch: 123456 }], state: { abc123: true } })).toEqual({
      tags: [{ hash: '[redacted:TEXT]', epoch: '[redacted:PIN]' }],
      state: { '[redacted:TEXT]': true },
    });
    expect(redactor.json({ args: { kind: 'message', hash: 'abc123', epoch: 123456, message: { kind: 'abc123', name: 'message' } } })).toEqual({
      args: {
        kind: 'message',
        hash: '[redacted:TEXT]',
        epoch: '[redacted:PIN]',
        message: { kind: '[redacted:TEXT]', name: '[redacted:KIND]' },
      },
    });
  });

  it('gives back the same value when there is nothing to take out', () => {
    const value = { a: ['b', { c: 1 }] };
    expect(createRedactor([]).json(value)).toBe(value);
    expect(createRedactor([]).text('canary-1')).toBe('canary-1');
    expect(createRedactor([{ name: 'KEY', value: 'canary-1' }]).json(value)).toBe(value);
  });

  it('names the secrets that are too short to be found', () => {
    const redactor = createRedactor([
      { name: 'SHORT', value: '12345' },
      { name: 'PADDED', value: ' 12345 ' },
      { name: 'EMPTY', value: ' ' },
      { name: 'LONG', value: '123456' },
    ]);
    expect(redactor.ignored).toEqual(['SHORT', 'PADDED']);
    expect(redactor.text('12345')).toBe('12345');
    expect(redactor.text('123456')).toBe('[redacted:LONG]');
    expect(createRedactor([{ name: 'SHORT', value: '12345' }]).ignored).toEqual(['SHORT']);
  });
});
