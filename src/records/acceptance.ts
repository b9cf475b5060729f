import * as z from './schema.ts';

/** Characters of a reason; what is longer is cut where it is read. */
export const maxReasonCharacters = 300;

const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'not a commit sha'));
/** GitHub's logins, those of bots and of managed users among them. */
const login = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?$/, 'not a login'));

const facts = {
  by: z.described(login.clone(), 'who accepted: had write access when it was looked at'),
  reason: z.described(z.string().check(z.maxLength(2 * maxReasonCharacters)), 'in their words'),
  sha: z.described(sha.clone(), 'the one head commit of the pull request that it is about'),
  at: z.iso.datetime(),
  via: z.described(z.enum(['comment', 'label']), 'how'),
  commentId: z.described(z.optional(z.int()), 'of the comment that asked for it'),
  label: z.described(z.optional(z.string().check(z.maxLength(100))), 'that asked for it'),
};

/** Somebody with write access took a regression on purpose. */
export const Acceptance = z.looseObject(facts);
export type Acceptance = z.infer<typeof Acceptance>;

/** An acceptance of this pull request that does not hold for this run, and why not, in words. */
export const VoidAcceptance = z.looseObject({ by: facts.by, sha: facts.sha, why: z.string() });
export type VoidAcceptance = z.infer<typeof VoidAcceptance>;

/** In a run log: what this run shows was accepted, so it is the level that later runs are measured against. */
export const AcceptanceRecord = z.looseObject({ type: z.literal('acceptance'), ...facts });
export type AcceptanceRecord = z.infer<typeof AcceptanceRecord>;
