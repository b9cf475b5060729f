import type { Finding } from './leaks.ts';

export const personalDataTypes = ['email', 'phone', 'card', 'iban', 'ip', 'ssn'] as const;
export type PersonalDataType = (typeof personalDataTypes)[number];

/** Findings of one kind at most: more say nothing more. */
const maxFindings = 100;

/**
 * Personal data by its form, with check digits where the form has them. Each search takes time in proportion to the text:
 * runs of characters are bounded, and nothing is repeated inside a repetition.
 */
export function findPersonalData(text: string, type: PersonalDataType): Finding[] {
  switch (type) {
    case 'email':
      return limited(emails(text), 'an email address');
    case 'phone':
      return limited(phones(text), 'a phone number');
    case 'card':
      return limited(cards(text), 'a payment card number');
    case 'iban':
      return limited(ibans(text), 'an IBAN');
    case 'ip':
      return limited(ipAddresses(text), 'an IP address');
    case 'ssn':
      return limited(matches(text, /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, isSsn), 'a US social security number');
    default:
      return type satisfies never;
  }
}

function limited(found: Iterable<string>, kind: string): Finding[] {
  const findings: Finding[] = [];
  for (const text of found) {
    if (findings.length >= maxFindings) break;
    findings.push({ kind, text });
  }
  return findings;
}

function* matches(text: string, pattern: RegExp, isReal: (match: string) => boolean): Generator<string> {
  for (const [match] of text.matchAll(pattern)) if (isReal(match)) yield match;
}

/** From each @ outwards, so that long words without one cost nothing. */
function* emails(text: string): Generator<string> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = /[A-Za-z0-9._%+'-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const domain = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/.exec(text.slice(at + 1, at + 255))?.[0];
    if (local && domain && /\.[A-Za-z]{2,63}$/.test(domain)) yield `${local}@${domain}`;
  }
}

/** A date at the beginning is left out; and when a match is no phone number, what stands behind a space, slash or bracket. */
function* phones(text: string): Generator<string> {
  const pattern = /(?<![\w+])(?:\+|\(0?)?\d[\d ()./-]{5,22}\d(?!\w)/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const date = /^\d{1,4}[-/.]\d{1,2}([-/.])\d{1,4}(?=$|[ ()]|(?!\1)[-/.])/.exec(match[0])?.[0];
    let candidate = date === undefined ? match[0] : '';
    while (candidate !== '' && !isPhone(candidate)) candidate = /^(.*\d)[^\d]*[ /(]/.exec(candidate)?.[1] ?? '';
    if (candidate !== '') yield candidate;
    const taken = date ?? candidate;
    if (taken !== '') pattern.lastIndex = match.index + taken.length;
  }
}

/**
 * International (+49 …), with an area code in brackets, beginning with 0 and written in groups, or of the North American
 * form 555-123-4567. Other runs of digits are more often dates, orders or amounts.
 */
function isPhone(match: string): boolean {
  const digits = match.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(match) || /[-./ ()]{4}/.test(match)) return false;
  if (match.startsWith('+')) return digits.length >= 8;
  if (/^\(\d{2,5}\)/.test(match)) return true;
  if (/^(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}$/.test(match)) return true;
  return /^0(?!00)\d{1,5}[ /-]{1,3}\d/.test(match) && digits.length >= 9;
}

interface DigitGroup {
  at: number;
  end: number;
  digits: string;
  isAfterHyphen: boolean;
}

/**
 * The longest payment card number from each group of digits on: an expiry date may follow, and a count may stand before. None
 * begins behind a hyphen, as parts of ids do.
 */
function* cards(text: string): Generator<string> {
  for (const run of digitRuns(text)) {
    for (let first = 0; first < run.length; first++) {
      const last = run[first]?.isAfterHyphen ? undefined : endOfCard(run, first);
      if (last === undefined) continue;
      yield text.slice(run[first]?.at, run[last]?.end);
      first = last;
    }
  }
}

/** Groups of digits with one space or hyphen between them. */
function* digitRuns(text: string): Generator<DigitGroup[]> {
  let run: DigitGroup[] = [];
  let end = -1;
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const isNext = index === end + 1 && /[ \u00a0\u202f-]/.test(text.charAt(end));
    if (!isNext) {
      if (run.length > 0) yield run;
      run = [];
    }
    end = index + digits.length;
    run.push({ at: index, end, digits, isAfterHyphen: text[index - 1] === '-' });
  }
  if (run.length > 0) yield run;
}

/** The whole run may have groups of any length, a part of it only such as are usual on cards: else amounts and dates in a row would count. */
function endOfCard(run: readonly DigitGroup[], first: number): number | undefined {
  let [digits, areUsual]: [string, boolean] = ['', true];
  let found: number | undefined;
  for (let last = first; last < run.length; last++) {
    const group = run[last]?.digits ?? '';
    if (digits.length + group.length > 19) break;
    digits += group;
    areUsual &&= group.length >= 3;
    const isWhole = first === 0 && last === run.length - 1;
    if (digits.length >= 13 && (areUsual || isWhole) && isCard(digits)) found = last;
  }
  return found;
}

function isCard(digits: string): boolean {
  return /^[2-6]/.test(digits) && !/^(\d)\1+$/.test(digits) && hasLuhnDigit(digits);
}

function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Country and length by the registry of ISO 13616. */
const ibanLengths =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20';

function* ibans(text: string): Generator<string> {
  for (const { 0: head, index } of text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ \u00a0\u202f]?[A-Z0-9])/g)) {
    const country = ibanLengths.indexOf(head.slice(0, 2));
    const length = country % 4 === 0 ? Number(ibanLengths.slice(country + 2, country + 4)) : 0;
    let compact = '';
    let at = index;
    for (; compact.length < length && /[A-Z0-9 \u00a0\u202f]/.test(text.charAt(at)); at++) compact += text.charAt(at).trim();
    if (length > 0 && compact.length === length && !/[A-Za-z0-9]/.test(text.charAt(at)) && hasIbanDigits(compact)) yield compact;
  }
}

/** The number with letters as two digits, the first four characters last, leaves 1 when divided by 97. */
function hasIbanDigits(compact: string): boolean {
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

function isSsn(match: string): boolean {
  const [area = '', group = '', serial = ''] = match.split('-');
  return area !== '000' && area !== '666' && !area.startsWith('9') && group !== '00' && serial !== '0000';
}

function* ipAddresses(text: string): Generator<string> {
  yield* matches(text, /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g, isIpv4);
  // Most texts have no colons that could be those of an address.
  if (text.includes('::') || text.split(':').length > 7)
    yield* matches(text, /(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,34}(?:\.\d{1,3}){0,3}(?![\w:])/g, isIpv6);
}

/** Addresses that every machine has say nothing about a person. */
function isIpv4(match: string): boolean {
  const parts = match.split('.');
  return parts.every((part) => Number(part) <= 255 && !/^0\d/.test(part)) && parts[0] !== '127' && parts[0] !== '0';
}

function isIpv6(match: string): boolean {
  const halves = match.split('::');
  if (halves.length > 2 || match === '::' || match === '::1' || match.includes('.')) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.flat().length;
  if (!groups.flat().every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? count >= 2 && count <= 7 : count === 8;
}
