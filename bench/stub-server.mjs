// The endpoint of the benchmark, in its own process: answers every POST after a fixed delay and counts what it saw.
import { createServer } from 'node:http';

const delayMs = Number(process.argv[2] ?? 0);
let requests = 0;
let inFlight = 0;
let mostInFlight = 0;
let connections = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ requests, mostInFlight, connections }));
    requests = mostInFlight = connections = 0;
    return;
  }
  requests += 1;
  mostInFlight = Math.max(mostInFlight, ++inFlight);
  const answer = () => {
    inFlight -= 1;
    response.setHeader('content-type', 'application/json');
    response.end('{"answer":"the answer is 42"}');
  };
  request.resume();
  request.on('end', () => (delayMs > 0 ? setTimeout(answer, delayMs) : answer()));
});
server.on('connection', () => connections++);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
