/** Who is free, and what is left to do. */
export interface Capacity {
  /** Samples that each agent may take now. */
  agents: Readonly<Record<string, number>>;
  /** Free worker slots of each task. */
  tasks: Readonly<Record<string, number>>;
  /** Samples that each pair has still to run; a pair whose agent or task is not named above has none to start. */
  remaining: readonly (readonly [agent: string, task: string, samples: number])[];
}

/**
 * How many samples may start at once: the maximum flow from the agents through the pairs to the tasks. Numbers below 1 count as 0.
 * Shortest augmenting paths (Edmonds and Karp 1972); every agent and task is a node, so suites of a hundred pairs take no time.
 */
export function startableSamples({ agents, tasks, remaining }: Capacity): number {
  const edges = flowNetwork({ agents, tasks, remaining });
  let total = 0;
  for (;;) {
    const path = shortestPath(edges);
    if (!path) return total;
    const amount = Math.min(...path.map(({ edge }) => edge.left));
    for (const { edge } of path) {
      edge.left -= amount;
      edge.back.left += amount;
    }
    total += amount;
  }
}

interface Edge {
  to: string;
  left: number;
  back: Edge;
}

const [source, sink] = ['source', 'sink'];

function flowNetwork({ agents, tasks, remaining }: Capacity): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>();
  const from = (node: string): Edge[] => {
    const found = edges.get(node) ?? [];
    edges.set(node, found);
    return found;
  };
  const connect = (start: string, to: string, capacity: number): void => {
    const left = Number.isFinite(capacity) ? Math.max(0, Math.floor(capacity)) : 0;
    const edge = { to, left } as Edge;
    edge.back = { to: start, left: 0, back: edge };
    from(start).push(edge);
    from(to).push(edge.back);
  };
  for (const [agent, free] of Object.entries(agents)) connect(source, `agent ${agent}`, free);
  for (const [task, free] of Object.entries(tasks)) connect(`task ${task}`, sink, free);
  for (const [agent, task, samples] of remaining) connect(`agent ${agent}`, `task ${task}`, samples);
  return edges;
}

/** With room on every edge; undefined: there is none left. */
function shortestPath(edges: ReadonlyMap<string, Edge[]>): { edge: Edge }[] | undefined {
  const reached = new Map<string, { edge: Edge; before: string }>();
  const queue = [source];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const edge of edges.get(node) ?? []) {
      if (edge.left === 0 || edge.to === source || reached.has(edge.to)) continue;
      reached.set(edge.to, { edge, before: node });
      queue.push(edge.to);
    }
  }
  const path: { edge: Edge }[] = [];
  for (let step = reached.get(sink); step; step = reached.get(step.before)) path.unshift({ edge: step.edge });
  return path.length > 0 ? path : undefined;
}
