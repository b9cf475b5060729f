import type { Assessment } from '../../src/records/assessment.ts';
import type { SampleEvidence } from '../../src/records/evidence.ts';
import { makeReportView, type ReportView } from '../../src/reporters/parts/view.ts';

/** The view as the action would make it, with links to a repository. */
export function aView(input: { assessment: Assessment; evidence?: SampleEvidence[] }): ReportView {
  return makeReportView({
    assessment: input.assessment,
    evidence: input.evidence ?? [],
    links: {
      sampleUrl: (file, line) => `https://github.com/acme/bot/blob/4f2a9c1b/${file}#L${line}`,
      reportUrl: 'https://github.com/acme/bot/actions/runs/8812/artifacts/77',
    },
  });
}
