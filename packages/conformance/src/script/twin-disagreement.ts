/** Something that both twins must do alike, or must do at all, and didn't. Other errors are trouble with the host. */
export class TwinDisagreement extends Error {
  override readonly name = "TwinDisagreement";

  /** @param history the latest steps, the disagreeing one last */
  constructor(differences: readonly string[], history: readonly string[]) {
    super(["", ...differences, "after:", ...history].join("\n  "));
  }
}
