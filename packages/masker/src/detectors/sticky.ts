/**
 * Makes a sticky pattern from pieces that several detectors share.
 *
 * @param flags further flags, such as `"i"`
 */
export function sticky(source: string, flags = ""): RegExp {
  return new RegExp(source, `y${flags}`);
}
