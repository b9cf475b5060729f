import type { Fault } from '../github/stand-in/faults.ts';

/** One way in which GitHub can fail, and what has to come of it. */
export interface FaultKind {
  name: string;
  /** Without `on` and `times`. `elsewhere` is another host. */
  fault: (elsewhere: string) => DistributiveOmit<Fault, 'on' | 'times' | 'skip' | 'when'>;
  /** Struck once, the work is done in the end. */
  isOvercome: boolean;
  /** What the warning says when it never ends; absent: it names the status. */
  says?: RegExp;
  /** Least milliseconds that are to be waited before the next try; undefined: no other try is made. */
  waitsMs?: number;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const permission = /add `[a-z-]+: (read|write)` to the job's `permissions:`/;

/** How GitHub's API fails: refusals, limits, servers that are ill, networks that break, and things in between that answer. */
export const faultKinds: readonly FaultKind[] = [
  {
    name: '401',
    fault: () => ({ kind: 'status', status: 401, message: 'Bad credentials' }),
    isOvercome: false,
    says: /401.*the token is missing, expired or wrong/,
  },
  {
    name: '403 without permission',
    fault: () => ({ kind: 'status', status: 403, message: 'Resource not accessible by integration' }),
    isOvercome: false,
    says: permission,
  },
  { name: '404', fault: () => ({ kind: 'status', status: 404, message: 'Not Found' }), isOvercome: false, says: permission },
  {
    name: '410, locked',
    fault: () => ({ kind: 'status', status: 410, message: 'This conversation is locked' }),
    isOvercome: false,
    says: /the conversation is locked: unlock it/,
  },
  {
    name: '422, stale',
    fault: () => ({ kind: 'status', status: 422, message: 'No commit found for SHA' }),
    isOvercome: false,
    says: /the commit is gone, as after a force-push/,
  },
  {
    name: '422, too long',
    fault: () => ({ kind: 'status', status: 422, message: 'Body is too long (maximum is 65536 characters)' }),
    isOvercome: false,
    says: /longer than GitHub takes/,
  },
  { name: '429 with Retry-After', fault: () => ({ kind: 'secondary-limit', retryAfterSeconds: 7, status: 429 }), isOvercome: true, waitsMs: 7000 },
  { name: '403 with Retry-After', fault: () => ({ kind: 'secondary-limit', retryAfterSeconds: 9 }), isOvercome: true, waitsMs: 9000 },
  { name: '403, secondary limit', fault: () => ({ kind: 'secondary-limit' }), isOvercome: true, waitsMs: 60_000 },
  { name: '429, until the reset', fault: () => ({ kind: 'primary-limit', resetInSeconds: 30, status: 429 }), isOvercome: true, waitsMs: 29_000 },
  {
    name: '403, the reset is an hour away',
    fault: () => ({ kind: 'primary-limit', resetInSeconds: 3600 }),
    isOvercome: false,
    says: /wait for the rate limit to reset/,
  },
  { name: '500', fault: () => ({ kind: 'status', status: 500 }), isOvercome: true, waitsMs: 250 },
  { name: '502 after the work', fault: () => ({ kind: 'status-after-commit', status: 502 }), isOvercome: true },
  { name: '503, a page', fault: () => ({ kind: 'page', status: 503 }), isOvercome: true, says: /503.*a page, not an answer of the API/ },
  { name: 'reset before the answer', fault: () => ({ kind: 'drop' }), isOvercome: true, says: /answered nothing/ },
  { name: 'reset after the work', fault: () => ({ kind: 'drop-after-commit' }), isOvercome: true, says: /answered nothing/ },
  { name: 'no answer', fault: () => ({ kind: 'hang' }), isOvercome: true, says: /answered nothing.*timeout/ },
  { name: 'no answer after the work', fault: () => ({ kind: 'hang', isDone: true }), isOvercome: true, says: /answered nothing.*timeout/ },
  { name: 'broken JSON', fault: () => ({ kind: 'broken-json' }), isOvercome: true, says: /answered nothing.*not JSON/ },
  { name: 'a page with status 200', fault: () => ({ kind: 'junk' }), isOvercome: true, says: /answered nothing.*not JSON/ },
  { name: 'an answer that breaks off', fault: () => ({ kind: 'cut' }), isOvercome: true, says: /answered nothing.*not JSON/ },
  { name: '304', fault: () => ({ kind: 'status', status: 304 }), isOvercome: false, says: /304.*something between the runner and GitHub/ },
  {
    name: 'a redirect to another host',
    fault: (elsewhere) => ({ kind: 'status', status: 307, headers: { location: `${elsewhere}/stolen` } }),
    isOvercome: false,
    says: /307.*the token goes to the API only/,
  },
];

/** Where the action speaks to GitHub: what its run writes there, and what it reads to find a baseline. */
export const faultPlaces = {
  comment: ['issues/list-comments', 'issues/create-comment'],
  check: ['checks/create', 'checks/update'],
  artifact: ['artifact/CreateArtifact', 'artifact/FinalizeArtifact', 'blob/upload'],
  baseline: ['actions/list-artifacts-for-repo', 'repos/list-commits', 'actions/get-workflow-run'],
  download: ['actions/download-artifact', 'blob/download'],
} as const satisfies Record<string, readonly string[]>;

export type FaultPlace = keyof typeof faultPlaces;

/** A kind of fault at one operation: struck once, or every time. */
export interface FaultPoint {
  place: FaultPlace;
  operation: string;
  kind: FaultKind;
  isLasting: boolean;
}

/** All points: every kind at every operation for good, and once where that is overcome. */
export function allFaultPoints(): FaultPoint[] {
  return Object.entries(faultPlaces).flatMap(([place, operations]) =>
    operations.flatMap((operation) =>
      faultKinds.flatMap((kind) =>
        (kind.isOvercome ? [false, true] : [true]).map((isLasting): FaultPoint => ({ place: place as FaultPlace, operation, kind, isLasting })),
      ),
    ),
  );
}
