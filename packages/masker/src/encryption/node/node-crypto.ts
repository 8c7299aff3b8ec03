export type NodeCrypto = typeof import("node:crypto");

/**
 * Node's crypto module where the runtime has one (Node, Bun, Deno), without an import that would break other runtimes.
 * Synchronous and many times as fast as WebCrypto on values this short.
 */
export function findNodeCrypto(): NodeCrypto | undefined {
  return globalThis.process?.getBuiltinModule?.("node:crypto");
}
