import type { PipelineEvent } from '../pipeline/ports.ts';
import { type CliStream, inertText } from './host.ts';

export interface Progress {
  onEvent(event: PipelineEvent): void;
  /** Clears the bar, so that what follows starts on a clean line. */
  end(): void;
}

export interface ProgressOptions {
  isQuiet: boolean;
  isVerbose: boolean;
  /** Several suites: lines say whose they are. */
  prefix?: string;
  monotonicMs?: () => number;
}

const barEveryMs = 100;
/** Sober lines for logs: at most one in this time. */
const lineEveryMs = 10_000;

/** A bar with counts, rate and time left on a terminal; a line now and then elsewhere. */
export function createProgress(stream: CliStream, options: ProgressOptions): Progress {
  const now = options.monotonicMs ?? (() => performance.now());
  const isLive = stream.isTTY === true && !options.isQuiet;
  const prefix = options.prefix === undefined ? '' : `${options.prefix}: `;
  const everyMs = isLive ? barEveryMs : lineEveryMs;
  let phaseStart = now();
  let doneAtStart = 0;
  let phase = '';
  let lastShown = Number.NEGATIVE_INFINITY;
  let isBarShown = false;

  const clear = () => {
    if (isBarShown) stream.emptyLine?.();
    isBarShown = false;
  };
  const line = (text: string) => {
    clear();
    stream.write(inertText(`${prefix}${text}\n`));
  };
  const progress = (event: PipelineEvent & { kind: 'progress' }) => {
    if (event.phase !== phase) {
      phase = event.phase;
      doneAtStart = Math.max(0, event.done - 1);
      lastShown = isLive ? Number.NEGATIVE_INFINITY : phaseStart;
    }
    const isLast = event.done >= event.total;
    if (!isLast && now() - lastShown < everyMs) return;
    lastShown = now();
    const text = progressText(event, { elapsedMs: now() - phaseStart, doneAtStart, columns: isLive ? stream.columns || 80 : 0 });
    if (isLive) {
      stream.emptyLine?.();
      stream.write(text);
      isBarShown = true;
    } else {
      line(text);
    }
  };
  return {
    end: clear,
    onEvent(event) {
      if (event.kind === 'notice' && event.level === 'warning') line(`warning: ${event.message}`);
      if (options.isQuiet) return;
      if (event.kind === 'started' || event.kind === 'confirming' || event.kind === 'topping-up') phaseStart = now();
      if (event.kind === 'progress') progress(event);
      else if (event.kind !== 'notice' || options.isVerbose) eventLines(event, options).forEach(line);
    },
  };
}

/** What it may cost at most, before the first call; nothing where nothing is limited. */
function capsText({ calls, costUsd, tokens, minutes }: NonNullable<(PipelineEvent & { kind: 'started' })['caps']> = {}): string {
  const caps = [
    ...(calls === undefined ? [] : [plural(calls, 'call')]),
    ...(costUsd === undefined ? [] : [`$${costUsd}`]),
    ...(tokens === undefined ? [] : [plural(tokens, 'token')]),
    ...(minutes === undefined ? [] : [plural(minutes, 'minute')]),
  ];
  return caps.length === 0 ? '' : `, at most ${caps.join(', ')}`;
}

function eventLines(event: PipelineEvent, { isVerbose, prefix }: ProgressOptions): string[] {
  const isNamed = prefix !== undefined;
  switch (event.kind) {
    case 'started': {
      const agents = (event.agents ?? 1) > 1 ? ` × ${event.agents} agents` : '';
      const resumed = event.resumed > 0 ? `, ${event.resumed} already done` : '';
      return [
        `${isNamed ? '' : `${event.suite}: `}${plural(event.samples, 'sample')} × ${plural(event.repeats, 'repeat')}${agents} = ${plural(event.slots, 'slot')}${resumed}${capsText(event.caps)}`,
      ];
    }
    case 'continued':
      return [`continued attempt ${event.attempt}: ${event.resumed} of ${plural(event.slots, 'slot')} were there`];
    case 'baseline':
      return [
        event.info.kind === 'none'
          ? `no baseline: ${event.info.reason ?? 'none found'}`
          : event.info.kind === 'agent'
            ? `baseline: a second agent, asked in this run (${event.info.agent})`
            : `baseline: ${plural(event.info.runs, 'run')} (${event.info.kind})`,
        ...(isVerbose ? (event.info.notes ?? []) : []),
      ];
    case 'rescored':
      return [`scored ${plural(event.slots, 'recorded answer')} again, ${event.reason}`];
    case 'topping-up':
      return [`the result is grey; asking every sample as often again, ${event.slots} times`];
    case 'confirming':
      return [`${plural(event.samples, 'sample')} look${event.samples === 1 ? 's' : ''} worse; asking ${event.slots} more times to be sure`];
    case 'notice':
      return [event.message];
    case 'progress':
      return [];
  }
}

/** Counts, rate and time left; with a bar when there are columns for it. */
export function progressText(event: PipelineEvent & { kind: 'progress' }, view: { elapsedMs: number; doneAtStart: number; columns: number }): string {
  const { done, total, pass, fail, error, unscored, answered } = event;
  const seconds = Math.max(view.elapsedMs / 1000, 0.001);
  const rate = (done - view.doneAtStart) / seconds;
  const left = rate > 0 ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
  const scored = answered > 0 ? [`${answered} answered`] : [`${pass} pass`, `${fail} fail`];
  const counts = [...scored, ...(error > 0 ? [`${error} error`] : []), ...(unscored > 0 ? [`${unscored} unscored`] : [])].join(', ');
  const speed = rate >= 10 ? `${Math.round(rate)}/s` : `${rate.toFixed(1)}/s`;
  const time = done >= total || left === undefined ? '' : `, ${durationText(left)} left`;
  const label = event.phase === 'run' ? '' : `${event.phase} `;
  const text = `${label}${done}/${total} · ${counts} · ${speed}${time}`;
  const room = view.columns - text.length - 4;
  if (room < 8) return text.slice(0, view.columns > 0 ? view.columns - 1 : undefined);
  const width = Math.min(room, 28);
  const filled = total === 0 ? width : Math.round((Math.min(done, total) / total) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}  ${text}`;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
