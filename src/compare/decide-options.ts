/** Levels and limits of the decision; the defaults are those whose error rates were simulated. */
export interface DecideOptions {
  /** Gate A, one-sided. */
  alphaSuite: number;
  /** Gate B: expected share of falsely named samples. */
  alphaSample: number;
  /** Listing of regressed and fixed samples. */
  alphaName: number;
  /** A suspicious sample lost at least this much of its pass rate. */
  screenDrop: number;
  /** False: no re-runs; gate B decides on the first stage. */
  isConfirming: boolean;
  /** Extra repeats per suspicious sample, at most. */
  confirmationCap: number;
  /** A named sample must also reach this Fisher p on all its repeats. */
  finalP: number;
  /** Share of the samples that are re-run, at most. */
  suspectsShare: number;
  /** False: gate B names samples but does not decide, as a tolerated margin asks for. */
  isNamingDecisive: boolean;
  /** Grey suite results are decided on doubled repeats. */
  isToppingUp: boolean;
  topUpNow: number;
  topUpGrey: number;
  topUpFinal: number;
  /** Gate A also needs a drop credibly larger than this, 0..1. */
  margin: number;
  /** "No change" needs that a larger drop is excluded (one-sided 95 %). */
  noChangeDrop: number;
  /** Share of its planned repeats that a sample needs with a verdict. */
  minValidShare: number;
  errorAlpha: number;
  errorDifference: number;
  /** Share of the shared samples that must be comparable. */
  minComparedShare: number;
  /** The dispersion guard switches on below this p. */
  historyAlpha: number;
}

export const defaultDecideOptions: DecideOptions = {
  alphaSuite: 0.01,
  alphaSample: 0.01,
  alphaName: 0.05,
  screenDrop: 0.3,
  isConfirming: true,
  confirmationCap: 10,
  finalP: 0.05,
  suspectsShare: 0.2,
  isNamingDecisive: true,
  isToppingUp: false,
  topUpNow: 0.5,
  topUpGrey: 0.15,
  topUpFinal: 0.8,
  margin: 0,
  noChangeDrop: 0.1,
  minValidShare: 0.5,
  errorAlpha: 0.01,
  errorDifference: 0.02,
  minComparedShare: 0.8,
  historyAlpha: 0.05,
};
