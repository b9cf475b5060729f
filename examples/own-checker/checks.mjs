// Gets {sample, trajectory, output, epoch, signal}. Returns true or false, 0..1, {value, pass?, reason?} or {unscored: "why"}.
export function citesItsOrder({ output, trajectory }) {
  const ids = trajectory.turns.flatMap(({ steps }) => steps).flatMap((step) => (step.kind === 'toolCall' ? [step.args?.id] : []));
  const missing = ids.filter((id) => !output.includes(id));
  return { pass: missing.length === 0, reason: missing.length === 0 ? 'every order is named' : `says nothing of ${missing.join(', ')}` };
}

/** At most as many words as the sample allows. */
export async function shortEnough({ output, sample }) {
  const limit = sample.metadata.maxWords;
  if (limit === undefined) return { unscored: 'the sample sets no limit' };
  const words = output.split(/\s+/).length;
  return { value: Math.min(1, limit / words), pass: words <= limit, reason: `${words} words of ${limit}` };
}
