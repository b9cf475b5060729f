// Called once for every message of the user; asks for what it needs, then does it.
export default async function assistant({ input }) {
  const order = Number(/\d+/.exec(input)?.[0]);
  if (!order) return 'Which order is it about?';
  return { output: `Order ${order} is refunded.`, toolCalls: [{ name: 'refund', args: { order } }] };
}
