import type { KeyValueBackend, OperationOptions } from "../../backend.ts";
import { defineScript } from "../../script/define-script.ts";
import evictionPolicyLua from "./read-eviction-policy.lua";

/** What the server does when its memory is full; `""` if its memory has no limit, or it doesn't say. */
export const evictionPolicy = defineScript<null, string>({
  name: "read-eviction-policy",
  keys: ["any"],
  args: () => [],
  reply: (raw) => {
    if (typeof raw !== "string") throw new TypeError("a policy is text");
    return raw;
  },
  lua: evictionPolicyLua,
  // The memory store never drops what has to stay: when it is full, writes fail.
  memory: () => "",
});

/**
 * Returns the policy by which the server that holds `key` may drop keys that it was told to keep, such as `allkeys-lru`.
 * Returns undefined if it never drops any (`noeviction`, or no limit on its memory), or doesn't say.
 *
 * Numbers are kept twice, so a dropped key doesn't make one come back. But mappings are lost with their key.
 */
export async function readEvictionPolicy(
  backend: KeyValueBackend,
  key: string,
  options?: OperationOptions,
): Promise<string | undefined> {
  const policy = await backend.run(evictionPolicy, [key], null, options);
  return policy === "" || policy === "noeviction" ? undefined : policy;
}
