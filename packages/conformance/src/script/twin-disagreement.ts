/** The twins did something differently, or both failed to do what they must. Any other error is trouble with the host. */
export class TwinDisagreement extends Error {
  override readonly name = "TwinDisagreement";

  /** @param history the latest steps, the disagreeing one last */
  constructor(differences: readonly string[], history: readonly string[]) {
    super(["", ...differences, "after:", ...history].join("\n  "));
  }
}
