import { createRegistry } from '../registry.ts';
import { benchkit } from './benchkit.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { yaml } from './yaml.ts';

/** The one list of dataset formats. */
export const datasets = createRegistry('dataset', [jsonl, json, yaml, csv, benchkit]);
