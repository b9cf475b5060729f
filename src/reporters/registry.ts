import { createRegistry } from '../registry.ts';
import { comment } from './comment.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';

/** The one list of output formats. */
export const reporters = createRegistry('reporter', [terminal, markdown, comment, html, json, junit, csv]);
