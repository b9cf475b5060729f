import { openSuite } from '../../pipeline/open-suite.ts';
import { unknownWaivers } from '../../pipeline/waivers.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText } from '../host.ts';
import { eachSuite, suitesOf } from '../suites.ts';

/** Check config, samples, checkers and agent options; nothing is asked. */
export async function validate(given: Arguments, host: CliHost): Promise<number> {
  const suites = await suitesOf(given, host);
  return eachSuite(suites, host, async (config) => {
    const suite = await openSuite(config);
    try {
      const agent = await suite.openAgent(() => {});
      await agent.close();
      const ids = new Set<string>();
      let userCalls = 0;
      for await (const sample of suite.samples.stream()) {
        ids.add(sample.id);
        await suite.checkersOf(sample);
        suite.user.createUser(sample, { signal: host.signal, redact: (value) => value });
        userCalls += suite.user.callsOf(sample).user * config.repeats;
      }
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
