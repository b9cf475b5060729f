// What `adk api_server` says of an agent that rolls dice, without a model. Runs the command behind it with its address.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const event = (part) => ({ author: 'dice', invocationId: 'e-1', content: { role: 'model', parts: [part] }, actions: { stateDelta: {} } });

function answer(said) {
  const [, sides] = /(\d+) sided/.exec(said) ?? [];
  if (sides === undefined) return [event({ text: 'I can roll dice of different sizes and check if a number is prime.' })];
  const rolls = /twice/.test(said) ? 2 : 1;
  const calls = Array.from({ length: rolls }, () => event({ functionCall: { name: 'roll_die', args: { sides: Number(sides) } } }));
  return [
    ...calls,
    event({
      text: rolls === 2 ? `I rolled a ${sides} sided die twice. The first was 13 and the second was 4.` : `I rolled a ${sides} sided die and got 13.`,
    }),
  ];
}

const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request));
  const reply = request.url === '/run' ? answer(body.newMessage.parts[0].text) : { id: 's-1', state: body.state ?? {} };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
});
server.listen(0, '127.0.0.1', () => {
  const [command, ...args] = process.argv.slice(2);
  const child = spawn(command, [...args, '--agent-url', `http://127.0.0.1:${server.address().port}`], { stdio: 'inherit' });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
    server.close();
    server.closeAllConnections();
  });
});
