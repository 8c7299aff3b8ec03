/**
 * A real Redis, as little of it as the comparison needs, so that this package depends on no client.
 *
 * The keys of the calls are deleted there before and after each sequence: give it a server of its own, or keys that
 * nobody else has.
 */
export interface ScriptHost {
  /**
   * Runs the commands, their names in lower case, in one MULTI/EXEC and resolves with their replies in order. A command that fails gives an `Error`
   * with the server's text in its place; the call rejects only when nothing ran.
   */
  transaction(commands: readonly (readonly string[])[]): Promise<readonly unknown[]>;
}
