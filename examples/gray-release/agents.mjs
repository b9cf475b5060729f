// Two builds of one agent. Both depend on the same provider, which has a bad minute: every second round fails, whoever asks.
const facts = {
  refund: 'Your refund is on its way.',
  open: 'We are open from nine to five.',
  password: 'Use the reset link.',
  order: 'It is with the carrier.',
};

function answer({ input, epoch }, known) {
  if (epoch === 2) return 'The service is busy, please try again.';
  const topic = Object.keys(known).find((word) => input.includes(word));
  return topic ? known[topic] : 'I am sorry, I cannot help with that.';
}

/** In production since yesterday. */
export const today = (question) => answer(question, facts);

/** The candidate: its new prompt forgot refunds. */
export function next(question) {
  const { refund, ...rest } = facts;
  return answer(question, rest);
}
