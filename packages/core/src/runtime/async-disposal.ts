/** Lets `await using` close a resource, if the runtime has `Symbol.asyncDispose`. Otherwise it changes nothing. */
export function attachAsyncDisposal<Resource extends { close(): Promise<void> }>(resource: Resource): Resource {
  return attachAsyncEnd(resource, () => resource.close());
}

/** What `await using` accepts, for compilers whose library declares it; for others any object. */
export type AsyncEnd = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [each in Key]: () => Promise<void> }
  : object;

/** Like {@link attachAsyncDisposal}, for resources that aren't ended by `close()`. */
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
