import { ExitCode, messageOf, ToolError } from '../errors.ts';
import { readEventFromEnvironment } from '../github/baseline-from-environment.ts';
import { assertMayRun } from '../github/event.ts';
import { withoutMachineErrors } from '../io/machine-error.ts';
import { type ActionHost, createHost, reportError } from './host.ts';
import { readInputs } from './inputs.ts';
import { createRunContext, type RunContext } from './run-context.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The whole action, from its environment to its exit code. Never throws. */
export async function runAction(env: Environment, signal: AbortSignal): Promise<number> {
  const host = await createHost(env);
  try {
    const code = await dispatch(host, signal);
    return cancelledCode(host, signal) ?? code;
  } catch (thrown) {
    const error = withoutMachineErrors(thrown);
    if (error instanceof ToolError) {
      reportError(host, error);
      host.setOutput('exit-code', String(error.exitCode));
      return error.exitCode;
    }
    host.error(`a bug in agent-regress: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    host.setOutput('exit-code', String(ExitCode.internal));
    return ExitCode.internal;
  }
}

/** A cancelled step says so in its output, whatever its suites had come to. */
function cancelledCode(host: ActionHost, signal: AbortSignal): number | undefined {
  if (!signal.aborted) return undefined;
  const code = /SIGTERM/.test(messageOf(signal.reason)) ? ExitCode.terminated : ExitCode.interrupted;
  host.setOutput('exit-code', String(code));
  return code;
}

async function dispatch(host: ActionHost, signal: AbortSignal): Promise<number> {
  const inputs = readInputs(host.input);
  if (inputs.mode === 'run' || inputs.mode === 'merge') assertMayRun(host.env.GITHUB_EVENT_NAME ?? '');
  const event = await readEventFromEnvironment(host.env);
  const context = createRunContext({ host, inputs, event, signal });
  try {
    return await performMode(context);
  } finally {
    host.info(`GitHub: ${context.counter.requests} calls`);
  }
}

async function performMode(context: RunContext): Promise<number> {
  switch (context.inputs.mode) {
    case 'run': {
      const { runMode } = await import('./run-mode.ts');
      return runMode(context);
    }
    case 'publish': {
      const { publishMode } = await import('./publish-mode.ts');
      return publishMode(context);
    }
    case 'accept': {
      const { acceptMode } = await import('./accept-mode.ts');
      return acceptMode(context);
    }
    case 'merge': {
      const { mergeMode } = await import('./merge-mode.ts');
      return mergeMode(context);
    }
  }
}
