/** A token without its place in a text: by the number that the store keeps its original under. */
export interface NumberedToken {
  readonly type: string;
  readonly number: number;
  readonly seal?: undefined;
}

/** A token without its place in a text: by the letters that its original is sealed in. */
export interface SealedToken {
  readonly type: string;
  /** As the token is written: capitals and digits. */
  readonly seal: string;
  readonly number?: undefined;
}

export type TokenReference = NumberedToken | SealedToken;

/** By what stands in it itself: what someone added to all objects' prototype makes no sealed token of it. */
export function isNumbered(token: TokenReference): token is NumberedToken {
  return token.seal === undefined || !Object.hasOwn(token, "seal");
}

export function isSealed(token: TokenReference): token is SealedToken {
  return !isNumbered(token);
}
