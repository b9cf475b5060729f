// Most jobs leave no check open: then nothing of this is needed.
const { closeOpenChecks } = await import('./close-open-checks.ts');
process.exitCode = await closeOpenChecks(process.env);

export {};
