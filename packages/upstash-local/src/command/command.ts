/** One Redis command as it is sent. */
export interface Command {
  /**
   * In capitals.
   *
   * ioredis only recognises names in small letters, and then reshapes replies: it turns that of `hgetall` into an object.
   * Capitals prevent that.
   */
  readonly name: string;
  readonly args: readonly (string | Buffer)[];
}

export function commandOf(parts: readonly [string | Buffer, ...(string | Buffer)[]]): Command {
  const [name, ...args] = parts;
  return { name: name.toString().toUpperCase(), args };
}
