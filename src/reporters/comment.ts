import { markdownDocument } from './parts/markdown-document.ts';
import { defineReporter } from './reporter.ts';

/** The pull-request comment: one screen, the rest folded. */
export const comment = defineReporter({
  type: 'comment',
  summary: 'the pull-request comment: one screen of markdown, the rest folded',
  render: (view, { maxBytes }) => markdownDocument(view, 'comment', maxBytes),
});
