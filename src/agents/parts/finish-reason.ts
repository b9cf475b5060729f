import { shortened } from '../../errors.ts';

/** The words of OpenAI by those of other models and servers, in lower case. */
const common: Readonly<Record<string, string>> = {
  eos: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  max_output_tokens: 'length',
  function_call: 'tool_calls',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
  safety: 'content_filter',
};
const isWord = /^[a-z_-]{1,24}$/i;
const maxLength = 100;

/** Why a reply ended, `stop`, `length`, `tool_calls` or `content_filter` where it is one of them; any other word in lower case, and what is no word as it came. Undefined for what is no text. */
export function finishReasonOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  // Half a secret in another case would not be known as one.
  const word = isWord.test(value) ? value.toLowerCase() : shortened(value, maxLength);
  return Object.hasOwn(common, word) ? common[word] : word;
}
