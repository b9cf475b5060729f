import { agentloopUpload, type UploadEntry } from '../config/agentloop-samples.ts';
import type { Environment } from '../config/environment.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { readDotEnv } from '../io/dot-env.ts';
import { type Uploaded, uploadExperiment } from './upload-experiment.ts';

/** Sends a finished run by the options of a command; what they leave out is that of the config. @throws ToolError as `uploadExperiment`. */
export async function uploadFrom(request: {
  runLog: string;
  /** Checked by the schema of the format. */
  options: unknown;
  config: SuiteConfig | undefined;
  samples: SelectedSamples | undefined;
  env: Environment;
  cwd: string;
  signal: AbortSignal;
}): Promise<Uploaded> {
  const { runLog, options, config, samples, env, cwd, signal } = request;
  const own = Object.fromEntries(Object.entries(options as UploadEntry).filter(([, value]) => value != null));
  const configured = config?.exports.find(({ upload }) => upload)?.upload;
  const dataset = configured ?? config?.samples.agentloop;
  const inherited: UploadEntry = dataset
    ? {
        [dataset.api === '2024-03-30' ? 'workspace' : 'agentSpace']: dataset.space,
        endpoint: dataset.endpoint,
        logEndpoint: dataset.logEndpoint,
        dataset: dataset.dataset,
      }
    : {};
  const keys = dataset?.credentials ?? {};
  const around = { env, dotEnv: (names: readonly string[]) => readDotEnv(cwd, names) };
  const { upload, secrets } = agentloopUpload({ ...inherited, ...keys, ...given(configured), ...own }, around);
  const hidden = [...(config?.secrets ?? []), ...secrets];
  return uploadExperiment({ runLog, upload, secrets: hidden, signal, ...(samples ? { samples } : {}) });
}

/** What a configured upload says beside where. */
function given(configured: NonNullable<SuiteConfig['exports'][number]['upload']> | undefined): UploadEntry {
  if (!configured) return {};
  const { project, experimentName, experimentType, experimentMetadata, experimentConfig } = configured;
  return { project, experimentName, experimentType, experimentMetadata, experimentConfig };
}
