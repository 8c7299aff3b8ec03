import type { BackendOperationOptions, KeyValueBackend } from "@keyward/core";
import type { BackendSubject } from "./backend-subject.ts";
import { increment } from "./probes/increment.ts";

/** One harmless call of each member, under the member's name in errors. */
export function everyMember(
  { key }: BackendSubject,
  backend: KeyValueBackend,
): Record<string, (options?: BackendOperationOptions) => Promise<unknown>> {
  return {
    get: (options) => backend.get(key(), options),
    getMany: (options) => backend.getMany([key(), key()], options),
    set: (options) => backend.set(key(), "value", options),
    delete: (options) => backend.delete([key(), key()], options),
    "run:increment": (options) => backend.run(increment, [key()], 1, options),
    publish: (options) => backend.publish(key("channel"), "message", options),
    ping: (options) => backend.ping(options),
  };
}
