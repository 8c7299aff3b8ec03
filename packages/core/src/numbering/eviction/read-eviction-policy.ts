import type { KeyValueBackend, OperationOptions } from "../../backend.ts";
import { defineScript } from "../../script/define-script.ts";
import evictionPolicyLua from "./read-eviction-policy.lua";

/** What the server does when its memory is full; `""` where it has no limit or doesn't say. */
export const evictionPolicy = defineScript<null, string>({
  name: "read-eviction-policy",
  keys: ["any"],
  args: () => [],
  reply: (raw) => {
    if (typeof raw !== "string") throw new TypeError("a policy is text");
    return raw;
  },
  lua: evictionPolicyLua,
  // The memory store never drops what must stay: a write fails instead.
  memory: () => "",
});

/**
 * The policy by which the server that holds `key` may drop keys it was told to keep, such as `allkeys-lru`; undefined
 * where it drops nothing (`noeviction`, or no limit on its memory), or doesn't say.
 *
 * Numbers outlive a dropped key, because they are kept twice; what they stand for doesn't.
 */
export async function readEvictionPolicy(
  backend: KeyValueBackend,
  key: string,
  options?: OperationOptions,
): Promise<string | undefined> {
  const policy = await backend.run(evictionPolicy, [key], null, options);
  return policy === "" || policy === "noeviction" ? undefined : policy;
}
