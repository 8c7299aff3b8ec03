/** One call of a script. */
export interface ScriptCall {
  readonly lua: string;
  /** Whether to send the text instead of the digest, since the server doesn't hold the script (any more). */
  readonly byText: boolean;
  readonly keys: readonly string[];
  /** The script's ARGV. */
  readonly args: readonly string[];
  /** How many characters are sent, not counting the text. */
  readonly size: number;
}
