// The few ambient types that the pure stages may name: what every JavaScript runtime has, and nothing of Node's.
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}

interface ErrorConstructor {
  /** Frames that a new error notes; only in some runtimes. */
  stackTraceLimit: number;
}
