import { lstat, rm } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { SelectedSamples } from '../datasets/select.ts';
import { messageOf, ToolError } from '../errors.ts';
import type { ExportedRun, ExportedSlot, ResultFormat } from '../importers/result-format.ts';
import { readText, writeFileWhole } from '../io/files.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import { createRedactor, type Secret } from '../run/core/redact.ts';
import { exportedSlots } from './exported-slots.ts';
import type { OpenSuite } from './open-suite.ts';
import type { PipelineEvent } from './ports.ts';

export interface ExportRequest {
  /** Path of a run log. */
  runLog: string;
  format: Pick<ResultFormat, 'type' | 'write'>;
  /** Checked by the format's schema. */
  options: unknown;
  /** Absolute folder; created when something is written. */
  target: string;
  /** Of the suite, for what a run log does not hold; absent: only run logs are at hand. */
  samples?: SelectedSamples;
  /** Hidden in what is written of the samples; a run log has none of them. */
  secrets?: readonly Secret[];
}

/** Writes a run as another system's result files, each whole or absent. @returns how many files. @throws ToolError `export-invalid`, `write-failed`. */
export async function exportRun(request: ExportRequest): Promise<number> {
  const { runLog, format, target, options } = request;
  const index = await readRunIndex(runLog);
  const place = placesBelow(target);
  const { json: hide } = createRedactor(request.secrets ?? []);
  async function* slots(): AsyncGenerator<ExportedSlot> {
    for await (const slot of exportedSlots(runLog, index, request.samples)) {
      yield slot.sample ? { ...slot, sample: { ...hide(slot.sample), id: slot.sample.id } } : slot;
    }
  }
  const run: ExportedRun = {
    suite: index.header?.suite ?? '',
    runId: index.header?.runId ?? '',
    startedAt: index.header?.startedAt ?? new Date(0).toISOString(),
    repeats: index.header?.planned.repeats ?? 1,
    ...(index.taskMetric === undefined ? {} : { taskMetric: index.taskMetric }),
    slots,
    existing: async (path) => {
      return readText(await place(path), maxExistingBytes).catch((error: unknown) => {
        if (error instanceof ToolError && error.code === 'file-unreadable') return undefined;
        throw error;
      });
    },
  };
  let written = 0;
  for await (const { path, text } of format.write(run, options as never)) {
    const whole = await place(path);
    if (text === undefined) {
      await rm(whole, { force: true });
      continue;
    }
    await writeFileWhole(whole, text);
    written += 1;
  }
  return written;
}

const maxExistingBytes = 256 * 1024 * 1024;

/** Where a file of the export lies: never behind a link below the target, which may lead anywhere. */
function placesBelow(target: string): (path: string) => Promise<string> {
  const known = new Set<string>();
  return async (path) => {
    const parts = safePath(path).split('/');
    for (const [index] of parts.entries()) {
      const place = join(target, ...parts.slice(0, index + 1));
      if (known.has(place)) continue;
      if ((await lstat(place).catch(() => undefined))?.isSymbolicLink()) throw linked(place);
      if (index < parts.length - 1) known.add(place);
    }
    return join(target, path);
  };
}

function linked(place: string): ToolError {
  return new ToolError({
    code: 'export-invalid',
    message: `${place} is a link, and nothing is written through one`,
    remedy: 'remove it, or choose another target',
  });
}

/** Names come from samples, which anybody may have written. */
function safePath(path: string): string {
  const parts = path.split('/');
  const isSafe =
    !isAbsolute(path) &&
    !/[\0\\]|^[A-Za-z]:/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= 255);
  if (isSafe) return path;
  throw new ToolError({
    code: 'export-invalid',
    message: `the name "${path.slice(0, 200)}" cannot be a file below the target`,
    remedy: 'give the sample another id',
  });
}

/**
 * Writes every export that the config names. One that fails is a warning: the run log has everything, and `export` writes it again.
 */
export async function writeExports(suite: OpenSuite, runLog: string, onEvent: (event: PipelineEvent) => void): Promise<void> {
  const { config, samples } = suite;
  if (config.exports.length === 0) return;
  const { resultFormats } = await import('../importers/registry.ts');
  for (const { type, path, options, upload } of config.exports) {
    const target = resolve(config.baseDir, path);
    try {
      await exportRun({ runLog, samples, secrets: config.secrets, format: resultFormats.get(type), options, target });
      // The files are whole before anything is sent, so that nothing is lost with a connection.
      if (upload) {
        const { uploadExperiment, uploadText } = await import('./upload-experiment.ts');
        const uploaded = await uploadExperiment({ runLog, upload, samples, secrets: config.secrets, signal: suite.signal });
        onEvent({ kind: 'notice', level: 'info', message: uploadText(uploaded) });
      }
    } catch (error) {
      const message = `the export to ${type} in ${path} failed: ${messageOf(error)}; write it again with: agent-regress export ${runLog} --to ${type} --output ${path}${upload ? ' --config FILE' : ''}`;
      onEvent({ kind: 'notice', level: 'warning', message });
    }
  }
}
