// Loaded before a test or a program under test: no connection of its process may leave the machine. One that would is refused, and is told
// to the file that NETWORK_GUARD_LOG names, where the helper that started the program looks; in a test itself it throws.
// Addresses that lead nowhere by definition (RFC 2606, RFC 5737, RFC 3849) are refused too, as the network would, but are no offence.
'use strict';
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const installed = Symbol.for('agent-regress.network-guard');
const local = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::)$/i;
const nowhere =
  /(^|\.)(invalid|test|example)$|(^|\.)example\.(com|net|org)$|^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$|^::ffff:(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:|^(240|255)\.|^100::/i;

/** Where a call of `connect` leads; undefined for a socket in the file system. */
function destinationOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (first !== null && typeof first === 'object') return first.path ? undefined : { host: first.host || 'localhost', port: first.port };
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined;
  return { host: typeof second === 'string' ? second : 'localhost', port: first };
}

function refusal(host, port) {
  const code = net.isIP(host) ? 'ENETUNREACH' : 'ENOTFOUND';
  return Object.assign(new Error(`connect ${code} ${host}:${port}, which is not this machine`), { code, syscall: 'connect', address: host, port });
}

function install() {
  const { connect } = net.Socket.prototype;
  const log = process.env.NETWORK_GUARD_LOG;
  const everything = process.env.NETWORK_GUARD_ALL === '1';
  net.Socket.prototype.connect = function (...args) {
    const to = destinationOf(args);
    if (!to) return connect.apply(this, args);
    const host = String(to.host).replace(/^\[|\]$|\.$/g, '');
    const isLocal = local.test(host);
    if (log && (everything || !(isLocal || nowhere.test(host)))) appendFileSync(log, `${host}:${to.port}\n`);
    if (isLocal) return connect.apply(this, args);
    const error = refusal(host, to.port);
    if (!log && !nowhere.test(host)) throw error;
    process.nextTick(() => this.destroy(error));
    return this;
  };
}

if (!globalThis[installed]) {
  globalThis[installed] = true;
  install();
}
