/** Lets `await using` close a resource, where the runtime has `Symbol.asyncDispose`; elsewhere changes nothing. */
export function attachAsyncDisposal<Resource extends { close(): Promise<void> }>(resource: Resource): Resource {
  return attachAsyncEnd(resource, () => resource.close());
}

/** What `await using` ends, for compilers whose library knows of it; for others nothing. */
export type AsyncEnd = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [each in Key]: () => Promise<void> }
  : object;

/** As {@link attachAsyncDisposal}, for what ends in another way. */
export function attachAsyncEnd<Resource extends object>(
  resource: Resource,
  end: () => Promise<unknown>,
): Resource & AsyncEnd {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose) {
    const value = async () => void (await end());
    Object.defineProperty(resource, asyncDispose, { value, configurable: true });
  }
  return resource as Resource & AsyncEnd;
}
