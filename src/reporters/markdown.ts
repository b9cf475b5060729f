import { markdownDocument } from './parts/markdown-document.ts';
import { defineReporter } from './reporter.ts';

/** The report as a markdown page: `report.md` and the job summary. */
export const markdown = defineReporter({
  type: 'markdown',
  summary: 'a page in GitHub-flavoured markdown, with transcripts of the worst samples; also the job summary',
  fileName: 'report.md',
  render: (view, { maxBytes }) => markdownDocument(view, 'summary', maxBytes),
});
