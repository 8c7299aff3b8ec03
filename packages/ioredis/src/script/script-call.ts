/** One call of a script. */
export interface ScriptCall {
  readonly lua: string;
  /** Sent with its text, as to a server that doesn't hold it (any more), instead of its digest. */
  readonly byText: boolean;
  readonly keys: readonly string[];
  /** What the script has as ARGV. */
  readonly args: readonly string[];
  /** How much is sent, in characters, without the text. */
  readonly size: number;
}
