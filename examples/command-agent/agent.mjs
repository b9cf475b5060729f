// One process per slot: reads {input, turns, system, state, sample, epoch, slot}, writes {output, toolCalls}.
let text = '';
for await (const chunk of process.stdin) text += chunk;
const [, a, operator, b] = /(\d+) (plus|times) (\d+)/.exec(JSON.parse(text).input);
const result = operator === 'plus' ? Number(a) + Number(b) : Number(a) * Number(b);
process.stdout.write(JSON.stringify({ output: `The answer is ${result}.`, toolCalls: [{ name: 'calculator', args: { a, operator, b }, result }] }));
