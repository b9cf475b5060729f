import { ToolError } from '../errors.ts';
import { defineUser } from './user.ts';

/** Says the turns of the sample in order, whatever the agent answers. A one-turn sample has one. */
export const scripted = defineUser({
  type: 'scripted',
  summary: 'says the turns of the sample in order',
  create(sample) {
    if (sample.scenario) {
      const where = { file: sample.file, line: sample.line, field: 'scenario' };
      const message = `sample "${sample.id}" has a scenario, which needs a simulated user; this version has none`;
      const remedy = 'write the user messages as "turns", or leave the sample out with samples.where';
      throw new ToolError({ code: 'user-unavailable', message, remedy, problems: [{ ...where, message, remedy }] });
    }
    return { next: async (history) => sample.turns[history.length]?.input };
  },
});
