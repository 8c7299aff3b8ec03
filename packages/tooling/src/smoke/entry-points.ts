import type { Manifest } from "../workspace/read-workspace.ts";

/** What a user may import from a package, main entry first: `keyward`, `keyward/redis`. */
export function entryPoints({ name, exports }: Manifest): readonly string[] {
  if (typeof exports !== "object" || exports === null) return [name];
  return Object.keys(exports)
    .filter((path) => path !== "./package.json")
    .map((path) => name + path.slice(1));
}
