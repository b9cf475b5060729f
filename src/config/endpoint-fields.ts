import * as z from '../records/schema.ts';

const text = z.string().check(z.minLength(1));

/** Where a model of ours is: the judge, the simulated user, the embeddings. */
export const endpointFields = {
  baseUrl: z.described(
    z.nullish(text),
    `address of an OpenAI-compatible endpoint, up to and with the version; default that of OpenAI; may hold \${env:NAME}`,
  ),
  apiKey: z.described(z.nullish(text), `key of that endpoint, as \${env:NAME}`),
};
