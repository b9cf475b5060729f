import * as z from '../records/schema.ts';
import { readFolder } from './parts/benchkit-read.ts';
import { type WriteOptions, writeEvaluation, writeExecution } from './parts/benchkit-write.ts';
import { defineResultFormat } from './result-format.ts';

const Options = z.strictObject({
  phase: z.described(
    z._default(z.enum(['both', 'execution', 'evaluation']), 'both'),
    'execution: the result files of the executor; evaluation: benches, cases and summary of the evaluator; both: each in a folder of that name; default both',
  ),
  resume: z.described(
    z._default(z.boolean(), false),
    'true: what execution_report.json and summary.json in the folder say of other samples is kept; default false: they tell of this run alone',
  ),
  environments: z.described(
    z.optional(z.string().check(z.minLength(1))),
    'folder of the DATA_ID_env that the agent kept, as written into env_dir; absent: no env_dir',
  ),
});
type Options = z.infer<typeof Options>;

/** The name of the one score that a case gives. */
const checker = 'benchkit';

/** BenchKit's results: what its executor left, and what its evaluator said of it. */
export const benchkit = defineResultFormat<Options>({
  type: 'benchkit',
  summary: "BenchKit's evaluation_outputs: DATA_ID.json of the executor; cases and summary.json of the evaluator",
  options: Options as z.ZodMiniType<Options>,
  recognises: (paths) => paths.some((path) => /(^|\/)(execution_report\.json|cases\/check_[^/]+\.json)$/.test(path)),
  read: (files) => readFolder(files, checker),
  async *write(run, { phase, resume, environments }) {
    const of = (name: string): WriteOptions => ({ folder: phase === 'both' ? `${name}/` : '', resume, environments });
    if (phase !== 'evaluation') yield* writeExecution(run, of('execution'));
    if (phase !== 'execution') yield* writeEvaluation(run, of('evaluation'));
  },
});
