import type { Policy } from '../records/policy.ts';

/** A warning for every waiver of a sample that `isKnown` does not know: a slip of the pen would else look like an accepted failure. */
export function unknownWaivers({ waivers }: Policy, isKnown: (id: string) => boolean): string[] {
  const ids = new Set(waivers.flatMap(({ samples }) => samples));
  return [...ids].filter((id) => !isKnown(id)).map((id) => `policy.waivers: there is no sample ${JSON.stringify(id)}`);
}
