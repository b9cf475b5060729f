/** Baseline runs that a comparison pools at most: more say little more and reach further into the past. */
export const maxPooledRuns = 5;

/** Samples whose failure is known and accepted until a date. */
export interface Waiver {
  /** Sample ids. */
  samples: string[];
  reason: string;
  /** The last day on which it holds, `2026-12-31`, UTC. */
  until: string;
}

/** How a comparison becomes a verdict. */
export interface Policy {
  mode: 'statistical' | 'strict';
  /** Drop of the pass rate, 0..1, that is tolerated. */
  margin: number;
  failOn: ('regressed' | 'inconclusive' | 'no-baseline')[];
  /** 0..1; below it the verdict is red whatever the baseline says. */
  minPassRate?: number;
  /** `tags`: a slice per tag. */
  slices: string[];
  /** Ratio above 1 that latency may grow by: 0.1 is 10 %. */
  latencyMargin: number;
  /** Re-run suspicious samples before naming them. Default true. */
  confirm: boolean;
  /** Double every sample's repeats when the suite's result is grey, and decide on all of them. Default false. */
  topUp: boolean;
  /** Known failures that are not judged for a time. Default none. */
  waivers: Waiver[];
}

/** Without a config: the defaults of the config's `policy`. */
export const defaultPolicy: Policy = {
  mode: 'statistical',
  margin: 0,
  failOn: ['regressed'],
  slices: [],
  latencyMargin: 0.1,
  confirm: true,
  topUp: false,
  waivers: [],
};
