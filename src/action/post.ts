import { closeOpenChecks } from './close-open-checks.ts';

process.exitCode = await closeOpenChecks(process.env);
