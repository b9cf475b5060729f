import { ToolError } from '../errors.ts';
import { isSimulated } from '../records/sample.ts';
import { defineUser } from './user.ts';

/** Says the turns of the sample in order, whatever the agent answers. A one-turn sample has one. */
export const scripted = defineUser({
  type: 'scripted',
  summary: 'says the turns of the sample in order',
  create(sample) {
    if (isSimulated(sample)) {
      const where = { file: sample.file, line: sample.line, field: 'scenario' };
      const message = `sample "${sample.id}" has a scenario, and no model plays its user`;
      const remedy = 'add user: {model: …} to the suite, or write the messages as "turns"';
      throw new ToolError({ code: 'user-missing', message, remedy, problems: [{ ...where, message, remedy }] });
    }
    return { next: async (history) => sample.turns[history.length]?.input };
  },
});
