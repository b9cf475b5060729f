// The files of operations.mjs: node:fs and node:fs/promises, whose functions are replaced by ones that count.
import fs from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { begin, roots, strike } from './operation-names.mjs';

const { openSync, writeSync } = fs;
const pathOfFd = new Map();
const pathOfHandle = new WeakMap();

function pathOf(target) {
  if (typeof target === 'number') return pathOfFd.get(target);
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : undefined;
  if (Buffer.isBuffer(target)) return resolve(target.toString());
  return typeof target === 'string' ? resolve(target) : undefined;
}

const isWatched = (path) => path !== undefined && roots.some((root) => !relative(root, path).startsWith('..')) && !path.includes('/node_modules/');

const shown = (path) =>
  (roots.includes(path) ? '.' : basename(path))
    .replace(/^\.(.+)\.[0-9a-f]{8}\.tmp$/, '$1.tmp')
    .replace(/\.lock\.[0-9a-f]{8}$/, '.lock.own')
    .replace(/\.lock\.\d+-\w+(\.\w+)?$/, '.lock.claim');

/** Types of the records in bytes of a run log. */
function typesIn(path, data, offset = 0, length = undefined) {
  if (!path.endsWith('.jsonl') || data === undefined) return [];
  const end = length === undefined ? undefined : offset + length;
  const text =
    typeof data === 'string'
      ? data
      : ArrayBuffer.isView(data)
        ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1', offset, end)
        : '';
  return [...new Set([...text.matchAll(/^\{"type":"(\w+)"/gm)].map(([, type]) => type))];
}

/** Kind of each function, and what its first arguments are: `path`, `pair` of paths, `fd`, `write` of bytes to a descriptor, `content` for a path. */
const functions = {
  open: ['open', 'path'],
  close: ['close', 'fd'],
  read: ['read', 'fd'],
  readv: ['read', 'fd'],
  write: ['write', 'write'],
  writev: ['write', 'write'],
  fsync: ['sync', 'fd'],
  fdatasync: ['sync', 'fd'],
  ftruncate: ['truncate', 'fd'],
  truncate: ['truncate', 'path'],
  readFile: ['read', 'path'],
  writeFile: ['write', 'content'],
  appendFile: ['write', 'content'],
  rename: ['rename', 'pair'],
  link: ['link', 'pair'],
  copyFile: ['copy', 'pair'],
  cp: ['copy', 'pair'],
  symlink: ['link', 'pair'],
  unlink: ['unlink', 'path'],
  rm: ['rm', 'path'],
  rmdir: ['rm', 'path'],
  mkdir: ['mkdir', 'path'],
  mkdtemp: ['mkdir', 'path'],
  readdir: ['readdir', 'path'],
  opendir: ['readdir', 'path'],
  stat: ['stat', 'path'],
  lstat: ['stat', 'path'],
  access: ['stat', 'path'],
  exists: ['stat', 'path'],
  realpath: ['stat', 'path'],
  readlink: ['stat', 'path'],
  utimes: ['stat', 'path'],
};

/** The operation that a call is; undefined: it concerns nothing that is watched. */
function operationOf(kind, shape, args, own = pathOf(args[0])) {
  if (shape === 'pair') {
    const other = pathOf(args[1]);
    if (!isWatched(own) && !isWatched(other)) return undefined;
    return begin(kind, `${shown(own ?? '')}>${shown(other ?? '')}`);
  }
  if (!isWatched(own)) return undefined;
  const types = shape === 'write' ? typesIn(own, ...args.slice(1, 4)) : shape === 'content' ? typesIn(own, args[1]) : [];
  return begin(kind, shown(own), types);
}

let depth = 0;

/** Half of the bytes, then the end. */
function writeHalf(target, [data, offset, length, position]) {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const isPath = typeof target !== 'number';
  const fd = isPath ? openSync(target, 'w') : target;
  const whole = !isPath && typeof length === 'number' ? length : bytes.length;
  writeSync(fd, bytes, typeof offset === 'number' ? offset : 0, Math.floor(whole / 2), typeof position === 'number' ? position : null);
}

function wrapSync(name, [kind, shape]) {
  const call = fs[`${name}Sync`];
  if (!call) return;
  fs[`${name}Sync`] = Object.assign(function watched(...args) {
    if (depth > 0) return call.apply(this, args);
    const operation = operationOf(kind, shape, args);
    if (operation?.isHalved) {
      writeHalf(args[0], args.slice(1));
      strike('during', operation.names);
    }
    if (operation?.error && name === 'exists') return false;
    if (operation?.error && name !== 'close') throw operation.error;
    depth++;
    let result;
    try {
      result = call.apply(this, args);
    } finally {
      depth--;
    }
    remember(name, args, result);
    if (operation?.error) throw operation.error;
    if (operation) strike('after', operation.names);
    return result;
  }, call);
}

function remember(name, args, fd) {
  if (name === 'close') pathOfFd.delete(args[0]);
  if (name === 'rename') for (const [open, path] of pathOfFd) if (path === pathOf(args[0])) pathOfFd.set(open, pathOf(args[1]));
  if (name !== 'open') return;
  pathOfFd.delete(fd);
  const path = pathOf(args[0]);
  if (isWatched(path)) pathOfFd.set(fd, path);
}

function wrapCallback(name, [kind, shape]) {
  const call = fs[name];
  if (!call || name === 'exists') return;
  fs[name] = Object.assign(function watched(...args) {
    const done = args.at(-1);
    const operation = depth > 0 || typeof done !== 'function' ? undefined : operationOf(kind, shape, args);
    if (operation?.error) return void process.nextTick(done, operation.error);
    if (typeof done === 'function')
      args[args.length - 1] = (error, ...results) => {
        if (!error) remember(name, args, results[0]);
        if (operation) strike('after', operation.names);
        done(error, ...results);
      };
    return call.apply(this, args);
  }, call);
}

function wrapPromise(owner, name, [kind, shape], ownPath) {
  const call = owner[name];
  if (typeof call !== 'function') return;
  owner[name] = async function watched(...args) {
    const operation = ownPath ? operationOf(kind, shape, [this, ...args], ownPath(this)) : operationOf(kind, shape, args);
    if (operation?.error) {
      if (name === 'close') await call.apply(this, args);
      throw operation.error;
    }
    const result = await call.apply(this, args);
    if (name === 'rename') remember(name, args);
    if (name === 'open' && isWatched(pathOf(args[0]))) {
      pathOfHandle.set(result, pathOf(args[0]));
      // It is a member of each handle, not of their prototype.
      if (Object.hasOwn(result, 'close')) wrapPromise(result, 'close', ['close', 'fd'], () => pathOfHandle.get(result));
    }
    if (operation) strike('after', operation.names);
    return result;
  };
}

const handleFunctions = {
  read: ['read', 'fd'],
  readFile: ['read', 'fd'],
  write: ['write', 'write'],
  writev: ['write', 'write'],
  writeFile: ['write', 'write'],
};
Object.assign(handleFunctions, {
  appendFile: ['write', 'write'],
  sync: ['sync', 'fd'],
  datasync: ['sync', 'fd'],
  truncate: ['truncate', 'fd'],
  stat: ['stat', 'fd'],
});

{
  const handle = await fs.promises.open(fileURLToPath(import.meta.url), 'r');
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  for (const [name, how] of Object.entries(handleFunctions)) wrapPromise(prototype, name, how, (own) => pathOfHandle.get(own));
  for (const [name, how] of Object.entries(functions)) {
    wrapSync(name, how);
    wrapPromise(fs.promises, name, how);
    wrapCallback(name, how);
  }
}
