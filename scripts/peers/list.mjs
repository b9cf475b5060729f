// The programs of others that agent-regress is tried against, and the one that audits its workflows: what they are called, where they
// are, and whether they are here.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder in scripts/peers/ of the same name pins what is installed; the one in .peers/ holds it. */
export const agentPeers = [
  { name: 'adk-js', title: 'Agent Development Kit for JavaScript' },
  { name: 'adk-python', title: 'Agent Development Kit for Python, with its evaluation' },
  { name: 'agentloop-python', title: 'AgentScope and the AgentLoop SDK for Python' },
  { name: 'langgraph', title: 'LangGraph development server' },
  { name: 'a2a', title: 'Agent2Agent SDK' },
  { name: 'mcp', title: 'MCP servers' },
  { name: 'zizmor', title: 'zizmor, which audits workflows' },
];

/** Folder of the pinned versions. */
export const pinsOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Folder of what was installed. */
export const folderOf = (name) => fileURLToPath(new URL(`../../.peers/${name}`, import.meta.url));

/** What the file `installed` of a whole installation says: a digest of the pinned versions. */
export function stampOf(name) {
  const hash = createHash('sha256');
  for (const file of readdirSync(pinsOf(name)).sort()) hash.update(file).update(readFileSync(join(pinsOf(name), file)));
  return hash.digest('hex');
}

/** Whether the pinned versions are here, whole. */
export function isInstalled(name) {
  const stamp = join(folderOf(name), 'installed');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(name);
}
