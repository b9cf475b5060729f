// An agent behind HTTP on a free port of loopback. Starts it, runs the command that follows with AGENT_URL and AGENT_KEY, stops.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const weather = { Oslo: 'snow', Lisbon: 'sun', Galway: 'rain', Cairo: 'sun' };

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { question } = JSON.parse(body);
  const city = Object.keys(weather).find((name) => question.includes(name)) ?? 'Oslo';
  const trace = { tool_calls: [{ name: 'get_weather', args: { city }, result: weather[city] }] };
  const answer = { answer: `In ${city} there is ${weather[city]}.`, trace, usage: { input_tokens: 12, output_tokens: 6 } };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
});

server.listen(0, '127.0.0.1', () => {
  const [program, ...rest] = process.argv.slice(2);
  const env = { ...process.env, AGENT_URL: `http://127.0.0.1:${server.address().port}/chat`, AGENT_KEY: 'not-a-real-key' };
  spawn(program, rest, { stdio: 'inherit', env }).on('close', (code) => {
    process.exitCode = code ?? 1;
    server.closeAllConnections();
    server.close();
  });
});
