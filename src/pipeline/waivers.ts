/** The warning for a waiver that waives nothing: a slip of the pen would else look like a regression that was accepted. */
export function unknownWaiver(id: string): string {
  return `policy.waivers: there is no sample ${JSON.stringify(id)}`;
}
