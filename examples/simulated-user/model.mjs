// Stands in for a model behind an OpenAI-compatible endpoint on loopback: plays the user by its rules. Runs the command that follows, stops.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [rules, question] = JSON.parse(body).messages;
  const { conversation } = JSON.parse(question.content.split('\n')[1]);
  const order = /order (\d+)/.exec(rules.content)?.[1];
  const answer = conversation.at(-1)?.agent ?? '';
  const content = answer.includes('refunded') ? '###STOP###' : answer === '' ? 'Refund, now!' : `It is order ${order}.`;
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: '1', object: 'chat.completion', choices }));
});

server.listen(0, '127.0.0.1', () => {
  const [program, ...rest] = process.argv.slice(2);
  const env = { ...process.env, USER_URL: `http://127.0.0.1:${server.address().port}/v1` };
  spawn(program, rest, { stdio: 'inherit', env }).on('close', (code) => {
    process.exitCode = code ?? 1;
    server.closeAllConnections();
    server.close();
  });
});
