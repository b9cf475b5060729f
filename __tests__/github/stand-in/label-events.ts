import type { PullRequest } from './state.ts';

/** Somebody set or removed a label. */
export interface LabelEvent {
  id: number;
  event: 'labeled' | 'unlabeled';
  label: string;
  login: string;
  createdAt: string;
}

const events = new WeakMap<PullRequest, LabelEvent[]>();

/** What happened to the labels of a pull request, oldest first. */
export function labelEventsOf(pull: PullRequest): readonly LabelEvent[] {
  return events.get(pull) ?? [];
}

/** Sets a label, and keeps who did. */
export function setLabel(pull: PullRequest, event: Pick<LabelEvent, 'id' | 'label' | 'login' | 'createdAt'>): void {
  pull.labels = [...new Set([...(pull.labels ?? []), event.label])];
  events.set(pull, [...labelEventsOf(pull), { ...event, event: 'labeled' }]);
}
