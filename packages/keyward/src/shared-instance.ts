import type { FallbackBackend, FallbackOptions } from "@keyward/core";
import { type Environment, environmentVariables } from "./environment.ts";

type Variables = readonly unknown[];

interface Instance {
  readonly backend: FallbackBackend;
  readonly variables: Variables;
  /** Those of the latest call: after a reload the code of the earlier ones is gone. */
  options: FallbackOptions;
}

/**
 * Instances by the environment object that describes them. It is found under this symbol by every copy of this module:
 * those of a development server that reloads, and the CommonJS one beside the ES module. The number grows with the shape.
 */
const registryName = Symbol.for("keyward.backends.1");
const holder = globalThis as { [registryName]?: WeakMap<object, Instance> };

/**
 * The one backend of an environment: made when there is none, when it has been closed, or when a variable has changed, in
 * which case the former one is closed.
 *
 * Variables are compared as they are, where they are: nothing of them gets into a name.
 *
 * @param create is given options that follow those of the latest call
 */
export function shareInstance(
  environment: Environment | undefined,
  options: FallbackOptions,
  create: (options: FallbackOptions) => FallbackBackend,
): FallbackBackend {
  holder[registryName] ??= new WeakMap();
  const instances = holder[registryName];
  const owner = environment ?? globalThis;
  const variables = environmentVariables.map((name) => environment?.[name]);
  const known = instances.get(owner);
  if (known && known.backend.mode !== "closed" && isSame(known.variables, variables)) {
    known.options = { ...known.options, ...options };
    return known.backend;
  }
  const following: FallbackOptions = {
    ...options,
    observer: (event) => instance.options.observer?.(event),
  };
  const instance: Instance = { backend: create(following), variables, options };
  instances.set(owner, instance);
  // Not waited for, as nothing depends on it; who still uses it is told that it is closed.
  known?.backend.close().catch(() => {});
  return instance.backend;
}

function isSame(one: Variables, other: Variables): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}
