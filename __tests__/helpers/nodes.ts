import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface TestNode {
  /** Such as `Node 24`. */
  label: string;
  major: number;
  path: string;
}

/** The versions that the bundles must run on. */
const wantedMajors = [20, 24];

/**
 * The Node binaries to run the bundles with, one per major version: the one that runs the tests, and those named by
 * AGENT_REGRESS_NODE20 and AGENT_REGRESS_NODE24, else found in `.peers/node20/bin/node` and `.peers/node24/bin/node`.
 */
export function testNodes(env: NodeJS.ProcessEnv = process.env): TestNode[] {
  const named = wantedMajors.map(
    (major) => env[`AGENT_REGRESS_NODE${major}`] || fileURLToPath(new URL(`../../.peers/node${major}/bin/node`, import.meta.url)),
  );
  const byMajor = new Map<number, TestNode>();
  for (const path of [process.execPath, ...named]) {
    if (!existsSync(path)) continue;
    const major = path === process.execPath ? Number(process.versions.node.split('.')[0]) : majorOf(path);
    if (!byMajor.has(major)) byMajor.set(major, { label: `Node ${major}`, major, path });
  }
  return [...byMajor.values()].sort((a, b) => a.major - b.major);
}

/** The wanted major versions that no binary was found for. */
export function missingNodeMajors(nodes: readonly TestNode[] = testNodes()): number[] {
  return wantedMajors.filter((major) => !nodes.some((node) => node.major === major));
}

function majorOf(path: string): number {
  return Number(execFileSync(path, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }));
}
