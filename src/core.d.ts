// The few ambient types that the pure stages may name: what every JavaScript runtime has, and nothing of Node's.
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}
