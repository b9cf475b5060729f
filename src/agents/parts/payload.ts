import { basename } from 'node:path';
import { shortDigest } from '../../io/hash.ts';
import { Json, type JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { compileTemplate, textOf } from '../../template.ts';
import { readSampleFiles } from './sample-files.ts';
import type { RequestContext } from './scope.ts';

export const FormOptions = z.record(z.string(), Json);
export const MultipartOptions = z.strictObject({
  fields: z.described(z._default(z.record(z.string(), Json), {}), 'fields of the form by name; templates'),
  files: z.described(
    z._default(z.string().check(z.minLength(1)), 'files'),
    'name of the field that the files of the sample are sent under; default files',
  ),
});

export interface PayloadOptions {
  body: Json;
  form?: z.infer<typeof FormOptions> | undefined;
  multipart?: z.infer<typeof MultipartOptions> | undefined;
}

/** What a request carries. */
export interface Payload {
  contentType: string;
  content: string | Uint8Array;
}

/** @throws AgentFailure `not-sent` for a file that cannot be sent; what a template throws, as it is. */
export type PayloadBuilder = (scope: JsonObject, context: RequestContext) => Payload | Promise<Payload>;

/** The body of requests as the options say: JSON, a url-encoded form, or a form with files below `baseDir`. */
export function compilePayload({ body, form, multipart }: PayloadOptions, baseDir: string): PayloadBuilder {
  if (multipart) {
    const fields = compileFields(multipart.fields);
    return (scope, context) => multipartPayload(fields(scope), { context, baseDir, field: multipart.files });
  }
  if (form) {
    const fields = compileFields(form);
    return (scope) => ({ contentType: 'application/x-www-form-urlencoded', content: new URLSearchParams(fields(scope)).toString() });
  }
  const template = compileTemplate(body);
  return (scope) => ({ contentType: 'application/json', content: JSON.stringify(template(scope)) });
}

/** A field that is null is left out; a list is sent as one field per item. */
function compileFields(templates: Record<string, Json>): (scope: JsonObject) => [name: string, value: string][] {
  const compiled = Object.entries(templates).map(([name, template]) => [name, compileTemplate(template)] as const);
  return (scope) =>
    compiled.flatMap(([name, template]) => {
      const value = template(scope);
      const items = Array.isArray(value) ? value : [value];
      return items.filter((item) => item !== null).map((item): [string, string] => [name, textOf(item)]);
    });
}

/** The files go with the first message only; the boundary is the same for the same slot, so that a repeated request is byte-equal. */
async function multipartPayload(
  fields: [name: string, value: string][],
  { context, baseDir, field }: { context: RequestContext; baseDir: string; field: string },
): Promise<Payload> {
  const files = context.turn.number === 1 ? await readSampleFiles(baseDir, context.request.sample.files) : [];
  const parts = [
    ...fields.map(([name, value]) => ({ head: `form-data; name="${quoted(name)}"`, bytes: Buffer.from(value) })),
    ...files.map(({ path, bytes }) => ({
      head: `form-data; name="${quoted(field)}"; filename="${quoted(basename(path))}"\r\nContent-Type: application/octet-stream`,
      bytes: Buffer.from(bytes),
    })),
  ];
  let boundary = `agent-regress-${shortDigest(context.slot)}`;
  while (parts.some(({ bytes }) => bytes.includes(boundary))) boundary = `agent-regress-${shortDigest(boundary)}`;
  const chunks = parts.flatMap(({ head, bytes }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: ${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, content: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]) };
}

/** As browsers do it: what would end the quotes or the line is percent-encoded. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
