import { randomUUID } from 'node:crypto';
import { type Problem, ToolError } from '../errors.ts';
import type { ConvertedProject, ProjectRequest } from '../projects/project.ts';
import type { Json } from '../records/json.ts';

/**
 * Which environment variables a project names. Only a converter and the flags of the user do: what a file of the project says in the
 * form of a reference is refused, so that nothing that was downloaded sends a secret of the runner to an address of its own.
 */
export interface ProjectVariables {
  /** A reference, in a form that no file can guess. */
  variable(name: string): string;
  /** The flags with the references that the user wrote in them. */
  flags(values: ProjectRequest['flags']): ProjectRequest['flags'];
  /** The project with references as configs have them. @throws ToolError `project-invalid` for one that came from a file. */
  resolve(project: ConvertedProject): ConvertedProject;
}

/** Of one command line: the references of another are not known to it. */
export function projectVariables(): ProjectVariables {
  const mark = `env-${randomUUID()}:`;
  const variable = (name: string) => `\${${mark}${name}}`;
  const marked = (text: string) => text.replaceAll('${env:', `\${${mark}`);
  return {
    variable,
    flags: (values) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'string' ? marked(value) : Array.isArray(value) ? value.map(marked) : value,
        ]),
      ),
    resolve(project) {
      const problems = project.suites.flatMap(({ config, overrides = [] }) => [
        ...foreignReferences(config, []),
        ...overrides.flatMap(({ path, value }) => foreignReferences(value, [path])),
      ]);
      if (problems.length > 0) {
        const [first] = problems;
        const message = problems.length === 1 ? `${first?.field}: ${first?.message}` : `${problems.length} problems in the project`;
        throw new ToolError({ code: 'project-invalid', message, problems });
      }
      return JSON.parse(JSON.stringify(project).replaceAll(`\${${mark}`, '${env:')) as ConvertedProject;
    },
  };
}

function foreignReferences(value: Json | undefined, path: readonly (string | number)[]): Problem[] {
  if (typeof value === 'string') return value.includes('${env:') ? [problemAt(path)] : [];
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => foreignReferences(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.includes('${env:') ? [problemAt([...path, key])] : []),
    ...foreignReferences(item, [...path, key]),
  ]);
}

function problemAt(path: readonly (string | number)[]): Problem {
  return {
    field: path.join('.'),
    message: 'a file of the project names an environment variable with ${' + 'env:…}, which only flags and configs of agent-regress do',
    remedy: 'give the value with a flag, or write a config with agent-regress init and name the variable there',
  };
}
