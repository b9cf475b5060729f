// A checker of your own gets {sample, trajectory, output, epoch}; it runs in a process of its own.
export function isPolite({ output }) {
  const word = ['please', 'thank', 'sorry', 'gladly'].find((candidate) => output.toLowerCase().includes(candidate));
  return { pass: word !== undefined, reason: word === undefined ? 'no polite word' : `says "${word}"` };
}

/** 1 up to 10 words, falling to 0 at 40. */
export function brevity({ output }) {
  const words = output.split(/\s+/).length;
  return { value: Math.min(1, Math.max(0, (40 - words) / 30)), pass: words <= 25, reason: `${words} words` };
}
