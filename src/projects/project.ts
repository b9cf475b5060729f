import type { JsonObject } from '../records/json.ts';

/** A flag of another system's command line, by the name it has there with `-` for `_`: both spellings are accepted. */
export interface ProjectFlag {
  name: string;
  type: 'string' | 'boolean';
  /** May be repeated. */
  multiple?: boolean;
  short?: string;
  /** Of its value, such as `FILE`; of text flags only. */
  value?: string;
  help: string;
}

/** The commands that take a project in the place of a config. */
export type ProjectCommand = 'init' | 'validate' | 'run' | 'execute' | 'check';

/** The files of the other project, read only. Paths are relative to the working folder, with `/`, or absolute. */
export interface ProjectFiles {
  /** 'file', 'folder', or undefined when there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | undefined>;
  /** Whole text of a UTF-8 file of at most 64 MB. @throws ToolError `project-not-found`, `project-invalid`. */
  read(path: string): Promise<string>;
  /** Files that match a glob pattern, below a folder, as paths from the working folder; in code unit order. */
  glob(pattern: string, folder: string): Promise<string[]>;
}

export interface ProjectRequest {
  command: ProjectCommand;
  /** What stands on the command line beside flags. */
  operands: readonly string[];
  /** Values of its own flags and of ours, by our spelling (`results-dir`): text, a list, or true. Absent: not given. */
  flags: Readonly<Record<string, string | readonly string[] | true | undefined>>;
  files: ProjectFiles;
  /** The names of the environment variables that have a value. The values stay out: a config names them with `variable`. */
  env: ReadonlySet<string>;
  /** The text that stands in a config for the value of a variable. `${env:NAME}` from a file of the project is refused instead. */
  variable(name: string): string;
  /** The value of a variable whose name is not that of a secret (KEY, TOKEN, SECRET, PASSWORD), such as the name of a model. */
  settingOf?(name: string): string | undefined;
  /** For names with a date in them: when the command started. */
  now: Date;
}

/** What a person should look at: what could not be taken over, and what to do. */
export interface ProjectNote {
  file: string;
  /** From 1. */
  line: number;
  field: string;
  message: string;
}

export interface ConvertedSuite {
  /** An agent-regress config as data. Its paths are relative to `ConvertedProject.folder`. */
  config: JsonObject;
  /** For `check`: where the other system, or `execute`, left the answers, of the type `run` for a run log; absent: RUN is an operand. */
  results?: { type: string; path: string };
  /** For `execute`: the words after `agent-regress check` that judge what it leaves; absent: the run log. */
  checkWords?: readonly string[];
  /** Whether the run log in `output` is gone on with: false where what the other system left says what is done. Absent: as `--resume` says. */
  resume?: boolean;
  /** Folder of run log and reports, from the working folder; absent: `.agent-regress/<suite>`. */
  output?: string;
  /**
   * What flags say, by config path (`agent.apiKey`): wins over the config and the environment, and a key is hidden like one of the
   * environment. A flag that the project lists itself is not applied otherwise; ours that it does not list (`--repeats`) are.
   */
  overrides?: readonly { path: string; value: string; flag: string }[];
}

export interface ConvertedProject {
  /** Where written configs go, and where their paths start: relative to the working folder, `.` for itself. */
  folder: string;
  /** None: there is nothing to do, and the notes say why. */
  suites: readonly ConvertedSuite[];
  notes: readonly ProjectNote[];
  /** Further files for `init` to write, relative to `folder`; never a file of the other project. */
  files?: readonly (readonly [path: string, text: string])[];
  /** Shown after the report unless `--format` is given: every case as that system prints it. */
  details?: 'adk';
}

/**
 * Another system's project as it is: its files and flags become configs, written by `init --from` or used at once by
 * `run`, `execute`, `check` and `validate --from`.
 */
export interface ProjectDefinition {
  type: string;
  /** One line for help and docs. */
  summary: string;
  /** After `--from TYPE`. */
  usage: string;
  flags: readonly ProjectFlag[];
  /** @throws ToolError `project-invalid`, `project-not-found` with every problem: file, line, field, what was expected, what to do. */
  convert(request: ProjectRequest): Promise<ConvertedProject>;
}

/** Gives a definition its types; returns it as it is. */
export function defineProject(definition: ProjectDefinition): ProjectDefinition {
  return definition;
}
