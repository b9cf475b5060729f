// Runs functions of user modules in a process of its own. Plain JavaScript: it is started as a file, also out of a bundle.
// Requests and answers are JSON lines on descriptor 3, so that what the user's code prints cannot be taken for an answer.
import { Socket } from 'node:net';

const channel = new Socket({ fd: 3, readable: true, writable: true });
const functions = new Map();
// A call that is stopped ends with its process. Code that hands a signal on works here as it does in the library.
const neverAborted = new AbortController().signal;

/** The named export of a file as a function; loaded once. */
async function load({ url, exportName }) {
  const key = `${url}#${exportName}`;
  const known = functions.get(key);
  if (known) return known;
  const module = await import(url);
  if (!Object.hasOwn(module, exportName)) {
    const names = Object.keys(module).join(', ') || 'nothing';
    throw Object.assign(new Error(`it has no export "${exportName}"; it exports ${names}`), { isOurs: true });
  }
  const found = module[exportName];
  if (typeof found !== 'function') throw Object.assign(new Error(`its export "${exportName}" is not a function`), { isOurs: true });
  functions.set(key, found);
  return found;
}

/** Not enumerable: a function that hands its payload on as JSON hands on what it was given. */
function withSignal(payload) {
  if (payload !== null && typeof payload === 'object') Object.defineProperty(payload, 'signal', { value: neverAborted });
  return payload;
}

/** What the user's code threw may be anything, also something that throws when it is looked at. */
function describe(error) {
  try {
    if (!(error instanceof Error)) return `threw ${String(error)}`;
    if (error.isOurs) return error.message;
    const text = typeof error.stack === 'string' && error.stack.includes(error.message) ? error.stack : `${error.name}: ${error.message}`;
    const missing = missingPermission(error);
    return missing === undefined ? text : `${missing}; ${text}`;
  } catch {
    return 'threw something that cannot be described';
  }
}

const permissionKeys = {
  FileSystemRead: 'read',
  FileSystemWrite: 'write',
  ChildProcess: 'childProcesses',
  WorkerThreads: 'workers',
  Addon: 'addons',
};

/** What would allow what Node.js refused to this error or to one of its causes. */
function missingPermission(error, depth = 0) {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const key = error.code === 'ERR_DLOPEN_DISABLED' ? 'addons' : error.code === 'ERR_ACCESS_DENIED' ? permissionKeys[error.permission] : undefined;
  if (key === undefined) return missingPermission(error.cause, depth + 1);
  const value = key === 'read' || key === 'write' ? `[${JSON.stringify(error.resource)}]` : 'true';
  return `it lacks a permission: write "permissions: {${key}: ${value}}" beside its path`;
}

function isTransient(error) {
  try {
    return error?.isTransient === true;
  } catch {
    return false;
  }
}

/** Never half a word: nobody would recognize, and hide, half of a secret. */
function cut(text) {
  return text.length > 2000 ? `${text.slice(0, 2000).replace(/[!#-&(-;=?-~]+$/, '')}…` : text;
}

async function answer(request) {
  try {
    const run = await load(request);
    const value = request.isCheck ? null : await run(withSignal(request.payload));
    const text = JSON.stringify({ id: request.id, value: value === undefined ? null : value });
    const size = Buffer.byteLength(text);
    if (size > request.maxBytes) return { id: request.id, error: `returned ${size} bytes, more than the limit of ${request.maxBytes}` };
    return text;
  } catch (error) {
    return { id: request.id, error: cut(describe(error)), isTransient: isTransient(error) };
  }
}

let pending = '';
channel.setEncoding('utf8');
channel.on('data', (text) => {
  pending += text;
  for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
    const request = JSON.parse(pending.slice(0, end));
    pending = pending.slice(end + 1);
    answer(request).then((reply) => channel.write(`${typeof reply === 'string' ? reply : JSON.stringify(reply)}\n`));
  }
});
// The parent went away, whatever the reason: nobody waits for an answer.
channel.on('close', () => process.exit(0));
channel.on('error', () => process.exit(0));
