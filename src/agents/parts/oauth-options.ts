import * as z from '../../records/schema.ts';

const Text = z.string().check(z.minLength(1));

export const OauthOptions = z.strictObject({
  tokenUrl: z.described(Text.clone(), 'where tokens are given out'),
  clientId: z.described(Text.clone(), 'name of the client'),
  clientSecret: z.described(Text.clone(), 'its secret; from an environment variable'),
  scope: z.described(z.optional(Text.clone()), 'scopes, separated by spaces'),
  auth: z.described(
    z._default(z.enum(['body', 'basic']), 'body'),
    'how the client proves itself: body, in the form; basic, in an authorization header; default body',
  ),
  params: z.described(z._default(z.record(z.string(), z.string()), {}), 'further fields of the form, such as audience'),
});
export type OauthOptions = z.infer<typeof OauthOptions>;
