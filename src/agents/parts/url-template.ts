import { compileTemplate, type Template, templateNames, textOf } from '../../template.ts';

/** Scheme, credentials and host of a URL as written. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}

/** False when a template would choose the host: only the path and query may be one. */
export function hasFixedHost(url: string): boolean {
  return templateNames(originOf(url)).length === 0;
}

/** The path and query of a URL, if they are a template: values are percent-encoded, so that data cannot leave its place in the path. */
export function compilePath(url: string): Template | undefined {
  if (templateNames(url).length === 0) return undefined;
  const path = url.slice(originOf(url).length);
  const parts = path.split('#', 1)[0]?.split(/(\{\{[^}]*\}\})/) ?? [];
  const pieces = parts.map((part) => (part.startsWith('{{') ? { value: compileTemplate(part) } : part.replace(/[^\x21-\x7e]/gu, encodeURIComponent)));
  return (scope) => {
    const filled = pieces.map((piece) => (typeof piece === 'string' ? piece : encodeURIComponent(textOf(piece.value(scope))))).join('');
    // Dots are not encoded, and encoding them would not help: servers resolve both.
    if (/\/\.\.?(?:[/?]|$)/.test(filled.split('?', 1)[0] ?? '')) throw new Error('a value makes "." or ".." of a part of the path');
    return filled;
  };
}

/** The part of a URL that can be parsed before its template is filled. */
export function fixedPart(url: string): string {
  return templateNames(url).length > 0 ? originOf(url) : url;
}

/** Path of a URL as written, without query. */
export function pathOf(url: string): string {
  return url.slice(originOf(url).length).split(/[?#]/, 1)[0] ?? '';
}
