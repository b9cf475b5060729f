// A service for the HTTPAgent: adds two numbers, and knows no other question. Runs the command behind it with its address.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const server = createServer(async (request, response) => {
  const { messages } = JSON.parse(await text(request));
  const [, a, b] = /(\d+) \+ (\d+)/.exec(messages.at(-1).content) ?? [];
  const content = a === undefined ? 'I do not know' : String(Number(a) + Number(b));
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
});
server.listen(0, '127.0.0.1', () => {
  const [command, ...args] = process.argv.slice(2);
  const env = { ...process.env, AGENT_URL: `http://127.0.0.1:${server.address().port}/chat` };
  spawn(command, args, { stdio: 'inherit', env }).on('exit', (code) => {
    process.exitCode = code ?? 1;
    server.close();
    server.closeAllConnections();
  });
});
