/**
 * A real Redis, reduced to what the comparison needs, so that this package depends on no client.
 *
 * The keys of the calls are deleted there before and after each sequence, so use a separate server, or keys that nobody else
 * uses.
 */
export interface ScriptHost {
  /**
   * Runs the commands in one MULTI/EXEC, and resolves with their replies in order. Their names are in lower case. The reply of
   * a command that fails is an `Error` with the server's text. The call rejects only if nothing ran.
   */
  transaction(commands: readonly (readonly string[])[]): Promise<readonly unknown[]>;
}
