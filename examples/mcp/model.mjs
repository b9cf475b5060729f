// Stands for a model: chat completions on a free port of loopback. Starts it, runs the command that follows with MODEL_URL, stops.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

function reply(messages) {
  const [, count, item] = /reserve (\d+) of (\w+)/.exec(messages.find(({ role }) => role === 'user').content);
  const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
  if (results.length === 0) return call('shop__stock', { item });
  if (Number(results[0]) < Number(count)) return { content: `Sorry, there is only ${results[0]}.` };
  return results.length === 1 ? call('shop__reserve', { item, count: Number(count) }) : { content: `Done: ${count} of ${item} are yours.` };
}

function call(name, args) {
  return { content: null, tool_calls: [{ id: `call-${name}`, type: 'function', function: { name, arguments: JSON.stringify(args) } }] };
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const message = { role: 'assistant', ...reply(JSON.parse(body).messages) };
  const finish = message.tool_calls ? 'tool_calls' : 'stop';
  const completion = { id: 'c', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }] };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(completion));
});

server.listen(0, '127.0.0.1', () => {
  const [program, ...rest] = process.argv.slice(2);
  const env = { ...process.env, MODEL_URL: `http://127.0.0.1:${server.address().port}/v1` };
  spawn(program, rest, { stdio: 'inherit', env }).on('close', (code) => {
    process.exitCode = code ?? 1;
    server.closeAllConnections();
    server.close();
  });
});
