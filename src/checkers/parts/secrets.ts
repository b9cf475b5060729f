import type { Finding } from './leaks.ts';

const maxFindings = 100;

/**
 * Known forms of credentials, with marks of which every match holds one: most texts hold none, and need no search. Each
 * begins with letters that are rare elsewhere and has bounded runs: linear time.
 */
const shapes: readonly (readonly [kind: string, marks: string, pattern: string])[] = [
  ['an AWS access key', 'AKIA ASIA', String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`],
  ['a GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_', String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})`],
  ['a GitLab token', 'glpat-', String.raw`\bglpat-[A-Za-z0-9_-]{20,64}`],
  ['an Anthropic key', 'sk-ant-', String.raw`\bsk-ant-[A-Za-z0-9_-]{20,200}`],
  // A digit and a capital, or the many small letters and digits of those who copied the form: "sk-learn-based-…" is words.
  [
    'an OpenAI key',
    'sk-',
    String.raw`\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?(?=[A-Za-z0-9_-]{0,199}\d)(?=[A-Za-z0-9_-]{0,199}[A-Z]|[a-z0-9-]{0,10}[a-z0-9]{32})[A-Za-z0-9_-]{20,200}`,
  ],
  ['a Slack token', 'xox', String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,250}`],
  ['a Slack webhook', 'hooks.slack.com', String.raw`\bhttps://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,200}`],
  ['a Google API key', 'AIza', String.raw`\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])`],
  ['a Google OAuth secret', 'GOCSPX-', String.raw`\bGOCSPX-[0-9A-Za-z_-]{28}`],
  ['a Stripe key', 'sk_ rk_ whsec_', String.raw`\b(?:sk|rk|whsec)_(?:(?:live|test)_)?[0-9a-zA-Z]{24,200}`],
  ['an npm token', 'npm_', String.raw`\bnpm_[A-Za-z0-9]{36}\b`],
  ['a PyPI token', 'pypi-', String.raw`\bpypi-[A-Za-z0-9_-]{50,250}`],
  ['a Hugging Face token', 'hf_', String.raw`\bhf_[A-Za-z0-9]{30,100}\b`],
  ['a SendGrid key', 'SG.', String.raw`\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`],
  ['a JSON web token', 'eyJ', String.raw`\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,700}`],
  ['a private key', '-----BEGIN', '-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----'],
  ['a password in an address', '://', String.raw`\b[a-z][a-z0-9+.-]{1,15}://[^\s/:@]{1,100}:[^\s/:@]{3,200}@[A-Za-z0-9.-]`],
];

/** Finds credentials by the forms that are known of them. The patterns are made here, because few suites need them. */
export function createSecretSearch(): (text: string) => Finding[] {
  const compiled = shapes.map(([kind, marks, pattern]) => ({ kind, marks: marks.split(' '), pattern: new RegExp(pattern, 'g') }));
  return (text) => {
    const findings: Finding[] = [];
    for (const { kind, marks, pattern } of compiled) {
      if (!marks.some((mark) => text.includes(mark))) continue;
      for (const [match] of text.matchAll(pattern)) {
        if (findings.length >= maxFindings) return findings;
        findings.push({ kind, text: match });
      }
    }
    return findings;
  };
}

/** Words of 20 to 200 letters, digits and signs with lower and upper case and digits that look drawn by lot: at least 4 bits a character. */
export function findRandomWords(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const [word] of text.matchAll(/[A-Za-z0-9+/_=-]{20,200}/g)) {
    if (findings.length >= maxFindings) break;
    if (/[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word) && entropyOf(word) >= 4)
      findings.push({ kind: 'a text that looks random', text: word });
  }
  return findings;
}

/** Shannon entropy, bits per character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}
