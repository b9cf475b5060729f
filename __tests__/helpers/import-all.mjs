// Imports every module named on standard input and tells what any of them did beside declaring things. Only calls with a file of `src` on the
// stack count: packages may do what they do.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { register, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import workers from 'node:worker_threads';

const root = process.argv[2];
const modules = JSON.parse(fs.readFileSync(0, 'utf8'));
const sources = pathToFileURL(join(root, 'src')).href;
const effects = new Set();
let isWatching = false;
Error.stackTraceLimit = 60;

function note(what) {
  if (!isWatching) return;
  const frame = new Error().stack?.split('\n').find((line) => line.includes(sources));
  if (frame) effects.add(`${what} ${frame.trim()}`);
}

function watch(owner, label, names = Object.keys(owner)) {
  for (const name of names) {
    const original = owner[name];
    if (typeof original !== 'function' || /^[A-Z]/.test(name)) continue;
    const watched = function (...rest) {
      note(`${label}.${name}`);
      return Reflect.apply(original, this, rest);
    };
    try {
      owner[name] = Object.assign(watched, original);
    } catch {
      // Some members are read-only.
    }
  }
}

register('./ts-loader.mjs', import.meta.url);
watch(fs, 'fs');
watch(fs.promises, 'fs.promises');
for (const [label, owner] of Object.entries({ childProcess, dgram, dns, http, https, net, workers })) watch(owner, label);
watch(os, 'os', ['tmpdir', 'homedir', 'hostname', 'userInfo', 'cpus', 'networkInterfaces']);
watch(globalThis, 'globalThis', ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);
watch(process, 'process', ['on', 'once', 'cwd', 'chdir', 'exit', 'kill', 'nextTick']);
watch(process.stdout, 'stdout', ['write']);
watch(process.stderr, 'stderr', ['write']);
watch(Math, 'Math', ['random']);
watch(Date, 'Date', ['now']);
syncBuiltinESMExports();
const env = process.env;
Object.defineProperty(process, 'env', {
  get() {
    note('process.env');
    return env;
  },
});

isWatching = true;
let imported = 0;
for (const file of modules) {
  try {
    await import(pathToFileURL(join(root, file)).href);
    imported += 1;
  } catch (error) {
    effects.add(`${file} cannot be imported: ${error.message}`);
  }
}
isWatching = false;
const open = process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Pipe(?!Wrap)|FSReq|Process|UDP|TLS/.test(name));
process.stdout.write(JSON.stringify({ imported, effects: [...effects, ...open] }));
process.exitCode = 0;
setImmediate(() => process.exit(0));
