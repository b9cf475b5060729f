import { markdownTable } from 'markdown-table';
import { markdownPhrase, markdownText } from '../parts/escape-markdown.ts';
import type { CalibrationPage, CalibrationSection, CalibrationTable } from './page.ts';

/** The page as GitHub-flavoured markdown: `calibration.md`. */
export function calibrationMarkdown(page: CalibrationPage): string {
  const blocks = [`# ${markdownText(page.headline)}`, page.summary.map(markdownPhrase).join(' '), ...page.sections.flatMap(sectionBlocks)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function sectionBlocks({ title, lines, table, after = [] }: CalibrationSection): string[] {
  return [`## ${markdownPhrase(title)}`, bullets(lines), ...(table ? [tableOf(table)] : []), bullets(after)];
}

function bullets(phrases: readonly string[]): string {
  return phrases.map((phrase) => `- ${markdownPhrase(phrase)}`).join('\n');
}

function tableOf({ columns, rows }: CalibrationTable): string {
  const cells = rows.map((row) => row.map(markdownPhrase));
  return markdownTable([columns, ...cells], { align: columns.map((_, index) => (index === 0 ? 'l' : 'r')), alignDelimiters: false, padding: true });
}
