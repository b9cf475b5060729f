import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contradictions } from '../compare/contradictions.ts';
import { ExitCode, ToolError } from '../errors.ts';
import { openArtifact, type StoredArtifact } from '../github/stored-runs.ts';
import { artifactNameOf, notEvaluatedNameOf } from '../github/suite-slug.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import { withoutForeignUrl } from '../pipeline/report-on-github.ts';
import { Assessment, assessmentSchemaVersion } from '../records/assessment.ts';
import { NotEvaluated, notEvaluatedFile, notEvaluatedSchemaVersion } from '../records/not-evaluated.ts';
import type { RunContext } from './run-context.ts';

/** Claims of an assessment that a message repeats. */
const maxClaims = 5;

/** What a finished run has stored: all of it is its own claim. */
export interface StoredReport {
  assessment: Assessment;
  /** Git reference that it ran on. */
  ref?: string;
}

/**
 * The assessment that a finished run has stored, after everything that can be checked without its config: schema,
 * version, name, and that its own run log shows the same numbers. @throws ToolError `report-refused`; PublishError
 */
export async function readStoredReport(context: RunContext, artifact: StoredArtifact): Promise<StoredReport> {
  const { host, reader, inputs } = context;
  const folder = await mkdtemp(join(host.env.RUNNER_TEMP || tmpdir(), 'agent-regress-'));
  const runLog = join(folder, 'run.jsonl');
  const { texts, files } = await openArtifact(reader, artifact, { texts: ['assessment.json'], files: { 'run.jsonl': runLog } });
  const text = texts.get('assessment.json');
  if (text === undefined || !files.has('run.jsonl')) throw refusal(artifact, 'assessment.json or run.jsonl is missing');
  const parsed = Assessment.safeParse(parseJson(text));
  if (!parsed.success) throw refusal(artifact, `assessment.json: ${issueOf(parsed.error)}`);
  const assessment = parsed.data;
  if (assessment.schemaVersion > assessmentSchemaVersion) throw refusal(artifact, newer);
  if (artifactNameOf(inputs['artifact-name'], assessment.suite) !== artifact.name) {
    throw refusal(artifact, anotherSuite);
  }
  const index = await readRunIndex(runLog);
  const claims = contradictions(assessment, index);
  if (claims.length > 0) {
    const more = claims.length > maxClaims ? `; and ${claims.length - maxClaims} more` : '';
    const listed = claims.slice(0, maxClaims).join('; ').slice(0, 1000);
    throw refusal(artifact, `its report does not agree with its run log: ${listed}${more}`, 'one of them was changed after the run; run it again');
  }
  const ref = index.header?.git?.ref;
  return { assessment: { ...assessment, baseline: withoutForeignUrl(context.event, assessment.baseline) }, ...(ref === undefined ? {} : { ref }) };
}

/** A suite that a finished run says it did not evaluate. @throws ToolError `report-refused`; PublishError */
export async function readNotEvaluated({ reader, inputs }: RunContext, artifact: StoredArtifact): Promise<NotEvaluated> {
  const { texts } = await openArtifact(reader, artifact, { texts: [notEvaluatedFile] });
  const text = texts.get(notEvaluatedFile);
  if (text === undefined) throw refusal(artifact, `${notEvaluatedFile} is missing`);
  const parsed = NotEvaluated.safeParse(parseJson(text));
  if (!parsed.success) throw refusal(artifact, `${notEvaluatedFile}: ${issueOf(parsed.error)}`);
  if (parsed.data.schemaVersion > notEvaluatedSchemaVersion) throw refusal(artifact, newer);
  if (notEvaluatedNameOf(inputs['artifact-name'], parsed.data.suite) !== artifact.name) throw refusal(artifact, anotherSuite);
  return parsed.data;
}

const anotherSuite = 'it is about another suite than its name says';
const newer = 'it was written by a newer version of agent-regress: use the same version in both workflows';

function refusal({ name }: StoredArtifact, why: string, remedy = 'see the log of the run that stored it'): ToolError {
  return new ToolError({ code: 'report-refused', message: `artifact "${name}": ${why}`, remedy, exitCode: ExitCode.incomplete });
}

function issueOf({ issues }: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = issues;
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
