/** A token whose original is in the store, under its number. */
export interface NumberedToken {
  readonly type: string;
  readonly number: number;
  readonly seal?: undefined;
}

/** A token whose letters hold its original, sealed. */
export interface SealedToken {
  readonly type: string;
  /** In canonical base32: capitals and digits. */
  readonly seal: string;
  readonly number?: undefined;
}

export type TokenReference = NumberedToken | SealedToken;

/** Looks at own properties only: a `seal` that someone added to `Object.prototype` doesn't make a token sealed. */
export function isNumbered(token: TokenReference): token is NumberedToken {
  return token.seal === undefined || !Object.hasOwn(token, "seal");
}

export function isSealed(token: TokenReference): token is SealedToken {
  return !isNumbered(token);
}
