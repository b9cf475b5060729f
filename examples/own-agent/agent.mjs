// Called once for each message of the user. Returns text, or {output, toolCalls, usage, finalState}.
const carts = new Map();

export default async function shop({ input, turn, slot }) {
  const cart = turn === 1 ? [] : (carts.get(slot) ?? []);
  carts.set(slot, cart);
  const item = /\b(tea|cup|pot)\b/.exec(input)?.[1];
  if (item === undefined) return { output: cart.length === 0 ? 'Your cart is empty.' : `In your cart: ${cart.join(', ')}.`, finalState: { cart } };
  cart.push(item);
  return {
    output: `Added: ${item}.`,
    toolCalls: [{ name: 'add_to_cart', args: { item }, result: 'ok' }],
    usage: { inputTokens: 20, outputTokens: 4 },
  };
}
