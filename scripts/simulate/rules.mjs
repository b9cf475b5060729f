// Ways to decide. `product` is the product's own; the others are what people often use, and miss goals: the proof can fail.
// Each gets the product's status, the change of the pass rate and the compared samples (b of m passed before, y of r now).
export const rules = {
  product: ({ status }) => status,
  'mean-dropped': ({ status, change }) => (change === undefined ? status : change < 0 ? 'regressed' : 'no-change'),
  'any-flip': ({ pairs }) => (pairs.some(({ b, m, y, r }) => b * 2 > m && y * 2 < r) ? 'regressed' : 'no-change'),
};
