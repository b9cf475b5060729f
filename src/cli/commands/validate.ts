import { gatherProblems } from '../../pipeline/gather-problems.ts';
import { type OpenSuite, openSuite } from '../../pipeline/open-suite.ts';
import { unknownWaivers } from '../../pipeline/waivers.ts';
import type { Sample } from '../../records/sample.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText } from '../host.ts';
import { eachSuite, suitesOf } from '../suites.ts';

/** Check config, samples, checkers and agent options; nothing is asked. */
export async function validate(given: Arguments, host: CliHost): Promise<number> {
  const suites = await suitesOf(given, host);
  return eachSuite(suites, host, async (config) => {
    const suite = await openSuite(config);
    try {
      const problems = gatherProblems();
      const agent = await problems.of(suite.openAgent(() => {}));
      await agent?.close();
      const ids = new Set<string>();
      let userCalls = 0;
      for await (const sample of suite.samples.stream()) {
        ids.add(sample.id);
        await problems.of(checkSample(sample, suite));
        userCalls += suite.user.callsOf(sample).user * config.repeats;
        if (problems.isFull) break;
      }
      if (problems.count > 0) throw problems.asError();
      const waivers = unknownWaivers(config.policy, (id) => ids.has(id) || suite.samples.isLeftOut(id));
      for (const warning of [...config.warnings, ...suite.samples.warnings, ...waivers]) host.stderr.write(`warning: ${warning}\n`);
      const { count, total } = suite.samples;
      host.stdout.write(
        inertText(
          `${config.suite}: valid. ${count === total ? `${count} sample${count === 1 ? '' : 's'}` : `${count} of ${total} samples`}, ${config.checkers.length} checker${config.checkers.length === 1 ? '' : 's'}, agent ${config.agent.type}${userCalls === 0 ? '' : `, at most ${userCalls} message${userCalls === 1 ? '' : 's'} of the user model ${config.user?.model} in a run`}\n`,
        ),
      );
      return 0;
    } finally {
      await suite.close();
    }
  });
}

async function checkSample(sample: Sample, { checkersOf, user, signal }: OpenSuite): Promise<void> {
  await checkersOf(sample);
  user.createUser(sample, { signal, redact: (value) => value });
}
