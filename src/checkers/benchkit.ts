import { messageOf, ToolError } from '../errors.ts';
import { Json, type JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { addUsage, type JudgeUsage, notApplicable, type Score, unscored } from '../records/score.ts';
import { type CheckMaterial, CheckProblem, itemResult, runCheck, wantsJudge } from '../systems/benchkit/checks.ts';
import { historyOf } from '../systems/benchkit/conversation.ts';
import type { EnvironmentFile } from '../systems/benchkit/entities.ts';
import { responseOf } from '../systems/benchkit/result-record.ts';
import { resultName } from '../systems/benchkit/sample.ts';
import { type ItemResult, itemName, overallFromItems, scoreOfResult } from '../systems/benchkit/verdict.ts';
import { compileTemplate } from '../template.ts';
import { type Check, type CheckerPorts, type CheckInput, defineChecker, type JudgePort } from './checker.ts';
import { judgeKeywords, keywordPromptVersion } from './parts/benchkit-keywords.ts';
import { casesOption, checkWeights, environmentsOption, keptCase } from './parts/benchkit-list.ts';
import { fill } from './parts/pairs.ts';
import { quoteWords } from './parts/quote.ts';

const names = z.record(z.string().check(z.minLength(1)), z.string().check(z.minLength(1)));
const BenchkitOptions = z.strictObject({
  checkList: z.described(z._default(Json, '{{row.check_list}}'), 'template of the checks, [{check_type, params}]; default "{{row.check_list}}"'),
  idFields: z.described(
    z._default(names.clone(), {}),
    'field that holds the id, by entity type, such as {orders: order_guid}; default: order_id, orders_id, id or uuid, whichever is there',
  ),
  files: z.described(
    z._default(names.clone(), {}),
    'file of an entity type, such as {tickets: maintenance_tickets.jsonl}; default: the type with .jsonl',
  ),
  environments: environmentsOption,
  cases: casesOption,
  judge: z.described(
    z._default(z.boolean(), false),
    'true: keywords of checks with use_llm_judge are looked for by the judge of the suite; default false: as text, as BenchKit does without a judge model',
  ),
});
type BenchkitOptions = z.infer<typeof BenchkitOptions>;

/**
 * The six check types of BenchKit, computed here. One check that fails fails the sample; skipped ones decide nothing. A check of another type, or one
 * whose parameters are not in shape, makes the score unscored unless another check fails.
 */
export const benchkit = defineChecker<BenchkitOptions>({
  type: 'benchkit',
  summary: "The `check_list` of a BenchKit sample: state of entities, tool calls and keywords, with BenchKit's own rules",
  needs: [],
  example: { type: 'benchkit', idFields: { orders: 'order_guid' } },
  options: BenchkitOptions as z.ZodMiniType<BenchkitOptions>,
  asksJudge: ({ judge }) => judge === true,
  identity: ({ environments: _, cases: __, ...decisive }) => ({ ...decisive, ...(decisive.judge ? { prompt: keywordPromptVersion } : {}) }),
  create(options, ports): Check {
    if (options.judge && !ports.judge) {
      throw new ToolError({ code: 'judge-missing', message: 'the suite has no judge settings', remedy: 'add judge: {model: …}' });
    }
    const template = compileTemplate(options.checkList);
    return (input) => {
      const { row } = input.sample;
      const kept = keptCase(input, options.cases, ports.readText);
      if (kept) return kept;
      if (options.checkList === '{{row.check_list}}' && (row.check_list ?? null) === null) return notApplicable('the sample has no check_list');
      const filled = fill(template, input.scope, String(options.checkList));
      if (!filled.isFilled) return unscored(filled.reason);
      const list = filled.value;
      if (!Array.isArray(list)) return unscored('the check_list is not a list');
      if (list.length === 0) return notApplicable('the check_list is empty: there is nothing to check');
      return checkAll(list, input, { options, ports });
    };
  },
});

interface Checking {
  options: BenchkitOptions;
  ports: CheckerPorts;
}

async function checkAll(list: readonly Json[], input: CheckInput, { options, ports }: Checking): Promise<Score> {
  let material: CheckMaterial;
  try {
    material = materialOf(input, options, ports);
  } catch (error) {
    return unscored(`what the agent did cannot be read: ${messageOf(error)}`);
  }
  const { said, usage } = await judgeAll(list, material.response, options.judge ? ports.judge : undefined);
  const results: ItemResult[] = [];
  const problems: string[] = [];
  for (const [index, item] of list.entries()) {
    try {
      const judged = said.get(index);
      if (judged instanceof CheckProblem) throw judged;
      results.push(judged ?? runCheck(item, material));
    } catch (error) {
      if (!(error instanceof CheckProblem)) throw error;
      problems.push(`${itemName(index)}: ${error.message}`);
      results.push(itemResult('跳过', error.message, 'this check could not be made'));
    }
  }
  return { ...scoreOf(results, problems, list), ...(usage && usage.calls > 0 ? { judge: usage } : {}) };
}

function scoreOf(results: readonly ItemResult[], problems: readonly string[], list: readonly Json[]): Score {
  const check_details: JsonObject = Object.fromEntries(results.map((result, index) => [itemName(index), { ...result }]));
  const counts = { check_details, check_list_count: results.length };
  const overall = overallFromItems(results.map(({ 检查结论 }) => 检查结论));
  if (overall.overall_result === 'Success' && problems.length > 0) {
    const reason = problems.join('; ');
    const checkResult = { overall_result: 'Error', ...counts, completion_status: 'failed', completion_reason: reason, error_reason: reason };
    return {
      ...unscored(`${quoteWords(reason, 600).slice(1, -1)}: a checker script of the scenario has to say (type: benchkit-script)`),
      checkResult,
    };
  }
  return scoreOfResult({ ...overall, ...counts, completion_status: 'completed', completion_reason: '检查完成' }, checkWeights(list));
}

function materialOf({ sample, trajectory, epoch }: CheckInput, options: BenchkitOptions, { readInside }: CheckerPorts): CheckMaterial {
  const { environments, idFields, files } = options;
  const folder = environments === undefined ? undefined : `${environments.replace(/[\\/]+$/, '')}/${resultName(sample.id, epoch)}_env`;
  const { finalState } = trajectory;
  const isState = typeof finalState === 'object' && finalState !== null && !Array.isArray(finalState);
  return {
    conversationHistory: historyOf(trajectory, sample.system),
    response: responseOf(trajectory),
    environment: {
      before: filesOf(sample.row.environment),
      ...(folder === undefined || !readInside ? {} : { after: (path: string) => textOrNone(readInside, folder, path) }),
      ...(isState ? { finalState } : {}),
      idFields,
      files,
    },
  };
}

/** The path is that of a sample. */
function textOrNone(readInside: (folder: string, path: string) => string, folder: string, path: string): string | undefined {
  try {
    return readInside(folder, path);
  } catch {
    return undefined;
  }
}

function filesOf(environment: Json | undefined): EnvironmentFile[] {
  if (!Array.isArray(environment)) return [];
  return environment.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const { path, content } = entry;
    return typeof path === 'string' && typeof content === 'string' ? [{ path, content }] : [];
  });
}

/** What the judge says of the checks that want one, by their index. */
async function judgeAll(
  list: readonly Json[],
  response: string,
  port: JudgePort | undefined,
): Promise<{ said: ReadonlyMap<number, ItemResult | CheckProblem>; usage: JudgeUsage | undefined }> {
  const said = new Map<number, ItemResult | CheckProblem>();
  let total: JudgeUsage | undefined;
  for (const [index, item] of port ? list.entries() : []) {
    const keywords = keywordsOf(item);
    if (!port || !keywords || keywords.length === 0) continue;
    const { result, usage } = await judgeKeywords(keywords, response, port);
    said.set(index, typeof result === 'string' ? new CheckProblem(result) : result);
    total = addUsage(total, usage);
  }
  return { said, usage: total };
}

/** Parameters that are not in shape are told by the check itself. */
function keywordsOf(item: Json): readonly string[] | undefined {
  try {
    return wantsJudge(item);
  } catch {
    return undefined;
  }
}
