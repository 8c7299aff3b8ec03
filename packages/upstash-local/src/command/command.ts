/** One Redis command as it is sent. */
export interface Command {
  /**
   * In capitals.
   *
   * Besides being readable, that keeps ioredis from reshaping what it knows: it only recognises names in small letters,
   * and turns the reply of `hgetall` into an object.
   */
  readonly name: string;
  readonly args: readonly (string | Buffer)[];
}

export function commandOf(parts: readonly [string | Buffer, ...(string | Buffer)[]]): Command {
  const [name, ...args] = parts;
  return { name: name.toString().toUpperCase(), args };
}
