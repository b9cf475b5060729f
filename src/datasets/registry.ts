import { createRegistry } from '../registry.ts';
import { adk } from './adk.ts';
import { benchkit } from './benchkit.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { yaml } from './yaml.ts';

/** The one list of dataset formats; the first whose ending fits a file reads it. */
export const datasets = createRegistry('dataset', [adk, jsonl, json, yaml, csv, benchkit]);
