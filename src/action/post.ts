// Most jobs leave no check open and no run behind: then little of this is needed.
const { closeOpenChecks } = await import('./close-open-checks.ts');
await closeOpenChecks(process.env);
const { storePartials } = await import('./store-partials.ts');
process.exitCode = await storePartials(process.env);

export {};
