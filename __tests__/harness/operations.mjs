// A preload (`node --import`) that sees what a process does to the world, without any hook in it: every call of node:fs below
// certain folders, every HTTP request and reply, every child and every line to and from it, every print. It names each of them,
// writes the names down, ends or signals its own process at one of them, or lets one fail. Tests start it through the option
// `operations` of runCli.
//
// The environment variable OPERATIONS holds JSON; all keys are optional and go together:
//   list   file that gets a line for each operation: `INDEX NAME#OCCURRENCE …`; the one that fails also as `failed INDEX …`, and
//          `signal MILLISECONDS` for a signal but SIGKILL
//   roots  folders whose files count; default: the working folder. Outside of them lie modules, /proc and the like
//   kill   [{at, signal?}]: at `before:NAME#K`, `during:NAME#K` (half of the bytes of a write are written) or `after:NAME#K` the process
//          gets the signal, by default SIGKILL; without `#K`: at the first one
//   fail   {k, code, from?, kinds?}: the operation with the index k (from 1, in all or among those kinds) fails with this errno;
//          with `from: true` all that follow fail too
// NAME is KIND:WHAT, such as `write:run.jsonl`, `rename:report.html.tmp>report.html`, `send:/ask`, `spawn:module-worker.mjs`. A write
// of lines of a run log has one more name for each type of record in it: `write:run.jsonl[done]`. Random parts of names are left out.
import childProcess from 'node:child_process';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import './file-operations.mjs';
import { begin, strike } from './operation-names.mjs';

// HTTP: `send` when a request is ended, `head` when the reply begins, `body` when it is whole.

/** The same for every run: without query, numbers and commits. */
const nameOfPath = (path) =>
  path
    .replace(/\?.*$/, '')
    .replace(/\b[\da-f]{40}\b/g, 'SHA')
    .replace(/\d+/g, 'N');
const target = (request) => nameOfPath(String(request.path));
const { ClientRequest, IncomingMessage } = http;
const endRequest = ClientRequest.prototype.end;
ClientRequest.prototype.end = function end(...args) {
  const { error, names } = begin('send', target(this));
  if (error) return this.destroy(error);
  this.once('finish', () => strike('after', names));
  return endRequest.apply(this, args);
};

function wrapEmit(owner, event, kindOf, onFailure) {
  const { emit } = owner;
  owner.emit = function watched(name, ...args) {
    const place = name === event ? kindOf(this, ...args) : undefined;
    if (place === undefined) return emit.call(this, name, ...args);
    const { error, names } = begin(...place);
    if (error) return onFailure(this, error);
    const result = emit.call(this, name, ...args);
    strike('after', names);
    return result;
  };
}
const destroy = (stream, error) => {
  stream.destroy(error);
  return true;
};
wrapEmit(ClientRequest.prototype, 'response', (request) => ['head', target(request)], destroy);
wrapEmit(IncomingMessage.prototype, 'end', (message) => (message.req instanceof ClientRequest ? ['body', target(message.req)] : undefined), destroy);

const realFetch = Reflect.get(globalThis, 'fetch');
// Not assigned: for the compiler, which reads this file too, that would be its declaration.
Reflect.set(globalThis, 'fetch', async (input, ...rest) => {
  const { error, names } = begin('fetch', nameOfPath(new URL(input.url ?? input).pathname));
  if (error) throw new TypeError('fetch failed', { cause: error });
  const response = await realFetch(input, ...rest);
  strike('after', names);
  return response;
});

// Children: `spawn`, `tell` for what is written to one and `hear` for what it writes.

/** The file that is run, else the program. The bundle knows its own worker by a digest. */
const programOf = (file, args) =>
  basename([file, ...(Array.isArray(args) ? args : [])].find((part) => /\.(mjs|c?js|ts|py|sh)$/.test(part)) ?? file).replace(
    /^[0-9a-f]{20}\.mjs$/,
    'module-worker.mjs',
  );

const { spawn } = childProcess;
childProcess.spawn = function watched(file, args, options) {
  const what = programOf(file, args);
  const { error, names } = begin('spawn', what);
  const child = error ? spawn('/nowhere/to/be/found', [], Array.isArray(args) ? options : args) : spawn(file, args, options);
  if (error) {
    const { emit } = child;
    child.emit = (name, ...given) => emit.call(child, name, ...(name === 'error' ? [error] : given));
    return child;
  }
  for (const stream of new Set([child.stdin, child.stdio[3]])) if (stream?.writable) watchInput(stream, what);
  for (const stream of new Set([child.stdout, child.stdio[3]])) if (stream?.readable) wrapEmit(stream, 'data', () => ['hear', what], destroy);
  strike('after', names);
  return child;
};

function watchInput(stream, what) {
  let isWriting = false;
  for (const name of ['write', 'end']) {
    const call = stream[name];
    stream[name] = function watched(...args) {
      if (isWriting || (name === 'end' && (args[0] === undefined || args[0] === ''))) return call.apply(this, args);
      const { error, names } = begin('tell', what);
      if (error) return !destroy(this, error);
      isWriting = true;
      const result = call.apply(this, args);
      isWriting = false;
      strike('after', names);
      return result;
    };
  }
}

// Prints

for (const name of ['stdout', 'stderr']) {
  const stream = process[name];
  const { write } = stream;
  stream.write = function watched(...args) {
    const { error, names } = begin('print', name);
    if (error) return !destroy(stream, error);
    const result = write.apply(this, args);
    strike('after', names);
    return result;
  };
}

syncBuiltinESMExports();
