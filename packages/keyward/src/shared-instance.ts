import type { FallbackBackend } from "@keyward/core";
import type { BackendFromEnvOptions } from "./backend-from-env-options.ts";
import { type Environment, environmentVariables } from "./environment.ts";

interface Instance {
  readonly backend: FallbackBackend;
  readonly variables: Environment;
  /** Those of the latest call: after a reload the code of the earlier ones is gone. */
  options: BackendFromEnvOptions;
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
 * @param owner the environment object itself
 * @param create is given options that follow those of the latest call
 */
export function shareInstance(
  owner: object,
  variables: Environment,
  options: BackendFromEnvOptions,
  create: (options: BackendFromEnvOptions) => FallbackBackend,
): FallbackBackend {
  holder[registryName] ??= new WeakMap();
  const instances = holder[registryName];
  const known = instances.get(owner);
  if (known && known.backend.mode !== "closed" && isSame(known.variables, variables)) {
    known.options = { ...known.options, ...options };
    return known.backend;
  }
  const following: BackendFromEnvOptions = {
    ...options,
    observer: (event) => instance.options.observer?.(event),
  };
  const instance: Instance = { backend: create(following), variables, options };
  instances.set(owner, instance);
  // Not waited for, as nothing depends on it; who still uses it is told that it is closed.
  known?.backend.close().catch(() => {});
  return instance.backend;
}

function isSame(one: Environment, other: Environment): boolean {
  return environmentVariables.every((name) => one[name] === other[name]);
}
