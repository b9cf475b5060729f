// Stands for a model: chat completions on a free port of loopback. Starts it, runs the command that follows with OPENAI_BASE_URL, stops.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

/** What the model does for each kind of request, one reply after another. */
function replies(request) {
  const [, order] = /(ord_\d+)/.exec(request) ?? [];
  if (request.includes('关不上')) return [call('close_lock', { order_id: order }), say('非常抱歉给您带来不便，已为您远程关锁。')];
  if (request.includes('broken'))
    return [call('get_order', { order_id: order }), call('create_ticket', { bike_id: 'bike_7', problem: 'lock' }), say('Sorry. I wrote a ticket.')];
  return [call('issue_coupon', { user_id: 'usr_3' }), say('Sorry, here is a coupon.')];
}

function say(content) {
  return { content };
}

function call(name, args) {
  const tool = { name: `bikeshare__${name}`, arguments: JSON.stringify(args) };
  return { content: null, tool_calls: [{ id: `call-${name}`, type: 'function', function: tool }] };
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { messages } = JSON.parse(body);
  const asked = messages.find(({ role }) => role === 'user').content;
  const message = { role: 'assistant', ...replies(asked)[messages.filter(({ role }) => role === 'assistant').length] };
  const finish = message.tool_calls ? 'tool_calls' : 'stop';
  const completion = { id: 'c', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }] };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(completion));
});

server.listen(0, '127.0.0.1', () => {
  const [program, ...rest] = process.argv.slice(2);
  const env = { ...process.env, OPENAI_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`, OPENAI_API_KEY: 'local-key' };
  spawn(program, rest, { stdio: 'inherit', env }).on('close', (code) => {
    process.exitCode = code ?? 1;
    server.closeAllConnections();
    server.close();
  });
});
