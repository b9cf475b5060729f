// A preload (`node --import`) whose wall clock jumps: a day ahead and a day back, an hour as a daylight saving switch would if a
// machine kept local time, and mostly not at all, so that many things happen in the same millisecond. performance.now stays as it is.
const jumpsMs = [0, 86_400_000, -86_400_000, 3_600_000, -3_600_000, 0];
const startedAtMs = Date.now();
let calls = 0;
const jumpingNow = () => startedAtMs + (jumpsMs[Math.floor(calls++ / 5) % jumpsMs.length] ?? 0);

globalThis.Date = class extends Date {
  constructor(...args) {
    if (args.length === 0) super(jumpingNow());
    else super(...args);
  }
  static now() {
    return jumpingNow();
  }
};
