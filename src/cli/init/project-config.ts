import { stringify } from 'yaml';
import type { ConvertedProject, ConvertedSuite } from '../../projects/project.ts';
import type { JsonObject } from '../../records/json.ts';

/** The project as one config file in YAML, with what flags said; keys that flags gave are left out, and named. */
export function projectConfigFile(project: ConvertedProject, type: string): { text: string; leftOut: string[] } {
  const leftOut: string[] = [];
  const configs = project.suites.map((suite) => withOverrides(suite, leftOut));
  const [only, ...more] = configs;
  const content = only && more.length === 0 ? only : { suites: namedSuites(configs) };
  const head = `# From a project of ${type}. Check it with: agent-regress validate\n`;
  return { text: head + stringify(content, { lineWidth: 140, aliasDuplicateObjects: false }), leftOut };
}

/** The key of a suite is its name. */
function namedSuites(configs: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(
    configs.map(({ suite, ...config }, number) => [typeof suite === 'string' && suite !== '' ? suite : `suite-${number + 1}`, config]),
  );
}

function withOverrides({ config, overrides = [] }: ConvertedSuite, leftOut: string[]): JsonObject {
  let result = config;
  for (const { path, value, flag } of overrides) {
    if (/key|secret|token|password/i.test(path.split('.').at(-1) ?? '')) leftOut.push(flag);
    else result = withValue(result, path.split('.'), value);
  }
  return result;
}

function withValue(object: JsonObject, [key = '', ...rest]: readonly string[], value: string): JsonObject {
  const below = Object.hasOwn(object, key) ? object[key] : undefined;
  const inner = below !== null && typeof below === 'object' && !Array.isArray(below) ? below : {};
  return { ...object, [key]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
