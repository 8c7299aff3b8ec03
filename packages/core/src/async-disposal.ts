/** Lets `await using` close a resource, where the runtime has `Symbol.asyncDispose`; elsewhere changes nothing. */
export function attachAsyncDisposal<Resource extends { close(): Promise<void> }>(resource: Resource): Resource {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose) {
    Object.defineProperty(resource, asyncDispose, { value: () => resource.close(), configurable: true });
  }
  return resource;
}
