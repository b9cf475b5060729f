import { createRegistry, type Registry } from '../registry.ts';
import { adkJudge } from './adk-judge.ts';
import { adkNotEvaluated } from './adk-not-evaluated.ts';
import { agentbenchResult } from './agentbench-result.ts';
import { agentbenchStatus } from './agentbench-status.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { atLeast } from './at-least.ts';
import { benchkit } from './benchkit.ts';
import { benchkitScript } from './benchkit-script.ts';
import { bleu } from './bleu.ts';
import type { CheckerDefinition } from './checker.ts';
import { chrf } from './chrf.ts';
import { citations } from './citations.ts';
import { contains } from './contains.ts';
import { cost } from './cost.ts';
import { embeddingSimilarity } from './embedding-similarity.ts';
import { equals } from './equals.ts';
import { errorRecovery } from './error-recovery.ts';
import { finishReason } from './finish-reason.ts';
import { isHtml } from './is-html.ts';
import { isJson } from './is-json.ts';
import { isSql } from './is-sql.ts';
import { isXml } from './is-xml.ts';
import { jsonMatch } from './json-match.ts';
import { jsonSchema } from './json-schema.ts';
import { judge } from './judge.ts';
import { language } from './language.ts';
import { latency } from './latency.ts';
import { length } from './length.ts';
import { links } from './links.ts';
import { loops } from './loops.ts';
import { meteor } from './meteor.ts';
import { moduleChecker } from './module.ts';
import { number } from './number.ts';
import { perTurn } from './per-turn.ts';
import { perplexity } from './perplexity.ts';
import { pii } from './pii.ts';
import { refusal } from './refusal.ts';
import { regex } from './regex.ts';
import { rouge } from './rouge.ts';
import { script } from './script.ts';
import { secretLeak } from './secret-leak.ts';
import { similarity } from './similarity.ts';
import { spans } from './spans.ts';
import { state } from './state.ts';
import { steps } from './steps.ts';
import { tokens } from './tokens.ts';
import { toolAbsent } from './tool-absent.ts';
import { toolBudget } from './tool-budget.ts';
import { toolOrder } from './tool-order.ts';
import { toolResultUsed } from './tool-result-used.ts';
import { toolSchema } from './tool-schema.ts';
import { trajectory } from './trajectory.ts';
import { webhook } from './webhook.ts';
import { weightedMean } from './weighted-mean.ts';

/** Every checker that a config may name. */
export const checkers: Registry<CheckerDefinition> = createRegistry<CheckerDefinition>('checker', [
  equals,
  contains,
  regex,
  number,
  isJson,
  jsonSchema,
  jsonMatch,
  isXml,
  isHtml,
  isSql,
  rouge,
  bleu,
  chrf,
  meteor,
  similarity,
  embeddingSimilarity,
  length,
  links,
  citations,
  language,
  refusal,
  finishReason,
  perplexity,
  pii,
  secretLeak,
  trajectory,
  toolAbsent,
  toolOrder,
  toolBudget,
  loops,
  errorRecovery,
  toolSchema,
  toolResultUsed,
  spans,
  state,
  agentbenchStatus,
  agentbenchResult,
  latency,
  tokens,
  cost,
  steps,
  judge,
  adkJudge,
  adkNotEvaluated,
  moduleChecker,
  script,
  webhook,
  all,
  any,
  atLeast,
  weightedMean,
  perTurn,
  benchkit,
  benchkitScript,
]);
