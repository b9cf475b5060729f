import { normalQuantile } from './special-functions.ts';

/** Agreement beyond chance, 1 when all agree, 0 when no more than chance would. */
export type Kappa = {
  value: number;
  /** For an interval around it; 0 where every answer agrees, and then there is no interval. */
  standardError: number;
  /** 95 %, within −1..1. */
  interval?: [number, number];
};

/** 1 for the same category, less for another one. Symmetric. */
export type AgreementWeight = (row: number, column: number) => number;

const onlySame: AgreementWeight = (row, column) => (row === column ? 1 : 0);

/**
 * Cohen's kappa of a square table of counts (rows: one rater, columns: the other), weighted where weights are given
 * (Cohen 1960, 1968), with the large-sample standard error of Fleiss, Cohen and Everitt (1969):
 *
 *     κ = (p_o − p_e) / (1 − p_e),   p_o = Σ w_ij p_ij,   p_e = Σ w_ij p_i. p_.j
 *     SE² = { Σ p_ij [w_ij − (w̄_i. + w̄_.j)(1 − κ)]² − [κ − p_e (1 − κ)]² } / (n (1 − p_e)²)
 *     w̄_i. = Σ_j p_.j w_ij,   w̄_.j = Σ_i p_i. w_ij
 *
 * Undefined without an answer, and where chance alone would make the raters agree, as both always say the same.
 */
export function cohenKappa(table: readonly (readonly number[])[], weight: AgreementWeight = onlySame): Kappa | undefined {
  const n = sum(table.map(sum));
  if (n === 0) return undefined;
  const rows = table.map((row) => sum(row) / n);
  const columns = table.map((_, column) => sum(table.map((row) => row[column] ?? 0)) / n);
  const rowMeans = table.map((_, row) => sum(columns.map((share, column) => share * weight(row, column))));
  const columnMeans = table.map((_, column) => sum(rows.map((share, row) => share * weight(row, column))));
  const cells = table.flatMap((counts, row) => counts.map((count, column) => ({ row, column, share: count / n })));
  const observed = sum(cells.map(({ row, column, share }) => share * weight(row, column)));
  const expected = sum(rows.map((share, row) => share * (rowMeans[row] ?? 0)));
  if (1 - expected < 1e-12) return undefined;
  const value = (observed - expected) / (1 - expected);
  const squares = cells.map(
    ({ row, column, share }) => share * (weight(row, column) - ((rowMeans[row] ?? 0) + (columnMeans[column] ?? 0)) * (1 - value)) ** 2,
  );
  const variance = (sum(squares) - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2);
  // What rounding leaves of nothing is nothing.
  const standardError = variance > 1e-15 ? Math.sqrt(variance) : 0;
  if (standardError === 0) return { value, standardError };
  const half = normalQuantile(0.975) * standardError;
  return { value, standardError, interval: [Math.max(-1, value - half), Math.min(1, value + half)] };
}

/** Weights for categories that stand for numbers: 1 − (distance / largest distance)², so that a near miss is worth more than a far one. */
export function quadraticWeights(values: readonly number[]): AgreementWeight {
  const range = Math.max(...values) - Math.min(...values);
  return (row, column) => (range === 0 ? 1 : 1 - (((values[row] ?? 0) - (values[column] ?? 0)) / range) ** 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
