import { ConfigurationError } from "../errors/configuration-error.ts";
import type { Script, ScriptDefinition } from "./script.ts";

/** Makes an atomic step that a backend can run: as Lua on Redis, as its TypeScript twin elsewhere. */
// So that a bundler drops the scripts of features that an app doesn't use:
/* @__NO_SIDE_EFFECTS__ */
export function defineScript<Arguments, Reply>(
  definition: ScriptDefinition<Arguments, Reply>,
): Script<Arguments, Reply> {
  if (!/^[a-z][a-z0-9-]*$/.test(definition.name)) {
    throw new ConfigurationError("name", "must be kebab-case, such as assign-numbers");
  }
  if (definition.keys.length === 0) throw new ConfigurationError("keys", "must name at least one key");
  if (definition.lua.startsWith("#!")) {
    throw new ConfigurationError("lua", "must not begin with #!lua; the backend adds that line");
  }
  return Object.freeze({ retain: "always", ...definition });
}
