import type { Problem } from '../errors.ts';
import { unknownNameRemedy } from '../registry.ts';
import { formatPath, type Located, type LocatedEntry, type LocatedMap, type Path, problemAt } from './located.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Characters of a secret, at least: a shorter one cannot be found in text without hiding half of the text. */
export const minSecretLength = 6;

export interface ResolvedEnvironment {
  root: LocatedMap;
  /** Values to hide, by where they came from. Short ones are left out; in a field for keys they are a problem. */
  secrets: { name: string; value: string }[];
  /** Paths whose text could not be completed; what a schema says about them is noise. */
  unresolved: Path[];
  problems: Problem[];
  /** Those of `problems` that only say that a variable is not set or is empty, with its name. */
  unset: Map<Problem, string>;
  warnings: string[];
}

/**
 * Puts the values of environment variables in the place of `${env:NAME}`. Allowed only below the paths of `allowed`,
 * and only names in `declared` where that is given; never the names of the runner's own tokens. A variable that is not
 * set, is empty, or cannot stand where it is used is a problem; no problem ever holds a value.
 */
export function resolveEnvironment(
  root: LocatedMap,
  options: { env: Environment; allowed: readonly Path[]; declared?: readonly string[] },
): ResolvedEnvironment {
  const state: State = { ...options, secrets: new Map(), unresolved: [], problems: [], unset: new Map(), warnings: [] };
  const resolved = resolveMap(state, root, []);
  const secrets = [...state.secrets].map(([name, value]) => ({ name, value }));
  return { root: resolved, secrets, unresolved: state.unresolved, problems: state.problems, unset: state.unset, warnings: state.warnings };
}

/** Whether a field holds a key or a header, by its path. */
export function isKeyField(path: Path): boolean {
  return path.some((key) => key === 'headers') || keyName.test(String(path.at(-1) ?? ''));
}

/** The tokens of the job, and keys by the names that keys have. */
const ambientName = /(^|[_-])(token|secret|password|passwd|credentials?|(api|access|private|secret|account)[_-]?key)$/i;

/**
 * Keys that a config does not use but that whoever runs on this machine can read, such as the token of the job: a program with the same
 * rights finds them in the environment of this process, and an agent that does must not have them published. Only values that nobody
 * chose by hand: 16 characters or more without a space, with letters and digits.
 */
export function ambientSecrets(env: Environment, used: readonly { name: string }[]): { name: string; value: string; isAmbient: true }[] {
  const known = new Set(used.map(({ name }) => name));
  return Object.entries(env).flatMap(([name, value = '']) =>
    ambientName.test(name) && !known.has(name) && /^(?=.*\d)(?=.*[A-Za-z])\S{16,}$/.test(value.trim())
      ? [{ name, value, isAmbient: true as const }]
      : [],
  );
}

interface State {
  env: Environment;
  allowed: readonly Path[];
  declared?: readonly string[];
  secrets: Map<string, string>;
  unresolved: Path[];
  problems: Problem[];
  unset: Map<Problem, string>;
  warnings: string[];
}

const reference = /\$\{env:([^}]*)\}?/g;
const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const refusedName = /^(GITHUB_TOKEN$|ACTIONS_|RUNNER_|INPUT_)/i;
const keyName = /^(proxy-)?authorization$|^cookie$|(^|[-_])(api|access|auth)?[-_]?key$|apikey$|token$|secret$|password$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header must not hold
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;

function resolveNode(state: State, node: Located, path: Path): Located {
  if (node.kind === 'list') return { ...node, items: node.items.map((item, index) => resolveNode(state, item, [...path, index])) };
  if (node.kind === 'map') return resolveMap(state, node, path);
  if (typeof node.value !== 'string') return node;
  const isAllowed = state.allowed.some((prefix) => prefix.every((key, index) => path[index] === key));
  if (!node.value.includes('${env:')) {
    if (isAllowed) noteLiteralKey(state, node.value, path);
    return node;
  }
  if (!isAllowed) {
    const fields = state.allowed.map(formatPath).join(', ');
    state.problems.push(
      problemAt(node.at, path, {
        message: 'environment variables are not put in here',
        remedy: fields === '' ? 'this agent takes none' : `they are allowed in: ${fields}`,
      }),
    );
    return node;
  }
  const before = state.problems.length;
  const value = node.value.replace(reference, (whole, name: string) => {
    const problem = whole.endsWith('}') ? problemWith(state, name, path) : { message: 'the "}" after the variable is missing' };
    if (problem) tell(state, problemAt(node.at, path, problem), problem.isUnset ? name : undefined);
    return problem ? whole : (variableOf(state, name) ?? whole);
  });
  if (state.problems.length > before) state.unresolved.push(path);
  return { ...node, value };
}

function resolveMap(state: State, node: LocatedMap, path: Path): LocatedMap {
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of node.entries) {
    if (key.includes('${env:')) {
      state.problems.push(
        problemAt(entry.keyAt, [...path, key], { message: 'environment variables are not put into keys', remedy: 'write the key' }),
      );
    }
    entries.set(key, { ...entry, value: resolveNode(state, entry.value, [...path, key]) });
  }
  return { ...node, entries };
}

function tell(state: State, problem: Problem, unset: string | undefined): void {
  state.problems.push(problem);
  if (unset !== undefined) state.unset.set(problem, unset);
}

/** The environment has a prototype, whose names are not those of variables. */
function variableOf({ env }: State, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** Remembers the value as a secret when nothing is wrong with it. */
function problemWith(state: State, name: string, path: Path): { message: string; remedy?: string; isUnset?: true } | undefined {
  if (!namePattern.test(name)) {
    return { message: 'not the name of an environment variable', remedy: 'write it like ${' + 'env:MY_AGENT_KEY}: letters, digits and "_"' };
  }
  if (refusedName.test(name)) {
    return { message: `the variable ${name} belongs to the runner and is not given to an agent`, remedy: 'use a variable of your own' };
  }
  if (state.declared && !state.declared.includes(name)) {
    const remedy = state.declared.length === 0 ? `write env: [${name}]` : `add it there. ${unknownNameRemedy(name, state.declared)}`;
    return { message: `the variable ${name} is not in the "env" list of the file`, remedy };
  }
  const value = variableOf(state, name);
  if (value === undefined || value.trim() === '') {
    const remedy = `set ${name}, in a workflow with "env: {${name}: …}" on the step`;
    return { message: `the variable ${name} is ${value === undefined ? 'not set' : 'empty'}`, remedy, isUnset: true };
  }
  const isKey = isKeyField(path);
  if (isKey && controlCharacter.test(value)) {
    return { message: `the variable ${name} holds a line break or another control character`, remedy: 'store the value again without it' };
  }
  if (value.trim().length >= minSecretLength) {
    state.secrets.set(name, value);
    return undefined;
  }
  if (isKey) {
    return {
      message: `the variable ${name} is shorter than ${minSecretLength} characters and could not be hidden in reports`,
      remedy: 'use a longer key',
    };
  }
  state.warnings.push(`the variable ${name} is shorter than ${minSecretLength} characters: it is not hidden in reports`);
  return undefined;
}

function noteLiteralKey(state: State, value: string, path: Path): void {
  if (!keyName.test(String(path.at(-1) ?? '')) || value.trim().length < minSecretLength) return;
  const field = formatPath(path);
  state.secrets.set(field, value);
  state.warnings.push(`${field} holds a key in plain text: keep it in an environment variable and write \${env:NAME}`);
}
