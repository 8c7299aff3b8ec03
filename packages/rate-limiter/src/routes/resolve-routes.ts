import { ConfigurationError, ownOptions } from "@keyward/core";
import { checkCost } from "../check/check-options.ts";
import { sharedOptions } from "../options.ts";
import { resolvePlans } from "../plans.ts";
import { resolvePolicy } from "../policy.ts";
import { createRateLimiter } from "../rate-limiter.ts";
import type { RouteLimiter, RouteRule, RouteTableOptions } from "./route-options.ts";
import { type PatternName, parsePattern, type RoutePattern } from "./route-pattern.ts";
import { RouteTree } from "./route-tree.ts";

/** A route with its limiter: what is counted together. */
export interface ResolvedRoute {
  /** Its first pattern, or `"default"`. */
  readonly name: string;
  readonly methods: ReadonlySet<string> | undefined;
  readonly cost: number;
  readonly hasPlans: boolean;
  /** Undefined if nothing is counted. */
  readonly limiter: RouteLimiter | undefined;
}

export interface ResolvedTable {
  readonly tree: RouteTree<ResolvedRoute>;
  /** For requests that match no route. */
  readonly fallback: ResolvedRoute;
  readonly all: readonly ResolvedRoute[];
  readonly prefixes: readonly (readonly PatternName[])[];
}

const ruleOptions = ["limits", "plans", "limiter", "cost"] as const;

type SharedOptions = Omit<RouteTableOptions, "routes" | "default" | "prefixes">;

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveTable(given: RouteTableOptions): ResolvedTable {
  const known = ["routes", "default", "prefixes", ...sharedOptions] as const;
  const { routes, default: rule, prefixes = [], ...shared } = ownOptions("options", given, known);
  if (!Array.isArray(routes) || !Array.isArray(prefixes)) {
    throw new ConfigurationError(Array.isArray(routes) ? "prefixes" : "routes", "must be an array");
  }
  const tree = new RouteTree<ResolvedRoute>();
  const fallback = resolveRule("default", "default", undefined, rule, shared);
  const all: ResolvedRoute[] = [];
  for (const [index, given] of routes.entries()) {
    const field = `routes[${index}]`;
    const { pattern, methods: listed, ...own } = ownOptions(field, given, ["pattern", "methods", ...ruleOptions]);
    const patterns = parsePatterns(`${field}.pattern`, pattern);
    const methods = resolveMethods(`${field}.methods`, listed);
    const name = [pattern].flat()[0] as string;
    const route = resolveRule(field, name, methods, own, shared);
    for (const each of patterns) {
      if (!tree.add(each, route)) {
        throw new ConfigurationError(
          `${field}.pattern`,
          "matches the same requests as the pattern of another route; remove one of them",
        );
      }
    }
    all.push(route);
  }
  all.push(fallback);
  return { tree, fallback, all, prefixes: prefixes.map((prefix, index) => parsePrefix(`prefixes[${index}]`, prefix)) };
}

function resolveRule(
  field: string,
  name: string,
  methods: ReadonlySet<string> | undefined,
  rule: RouteRule,
  shared: SharedOptions,
): ResolvedRoute {
  const { limits, plans, limiter: given, cost = 1 } = ownOptions(field, rule, ruleOptions);
  checkCost(`${field}.cost`, cost, 0);
  const route = { name, methods, cost, hasPlans: plans !== undefined };
  if (given !== undefined) {
    if (limits !== undefined || plans !== undefined) {
      throw new ConfigurationError(
        `${field}.limiter`,
        "can't be combined with limits and plans; give one or the other",
      );
    }
    if (typeof given?.check !== "function" || typeof given.refund !== "function") {
      throw new ConfigurationError(`${field}.limiter`, "must be a limiter, such as createRateLimiter() returns");
    }
    // Only the limiter itself knows whether it has a plan.
    return { ...route, limiter: given, hasPlans: true };
  }
  if (limits === "unlimited" && plans === undefined) return { ...route, limiter: undefined };
  const { name: table = "routes", algorithm = "log", precision = 32 } = shared;
  if (limits === undefined) throw new ConfigurationError(field, 'needs limits (a list, or "unlimited") or a limiter');
  if (limits === "unlimited") {
    throw new ConfigurationError(
      `${field}.plans`,
      'can\'t be combined with limits: "unlimited"; give limits, or leave plans out',
    );
  }
  resolvePolicy(`${field}.limits`, limits, algorithm, precision);
  resolvePlans(`${field}.plans`, algorithm, precision, plans);
  const bucket = `${table}:${[...(methods ?? [])].sort().join(",")}${encodeURI(name)}`;
  return { ...route, limiter: createRateLimiter({ ...shared, limits, ...(plans && { plans }), name: bucket }) };
}

function parsePatterns(field: string, pattern: unknown): readonly RoutePattern[] {
  if (!Array.isArray(pattern)) return [parsePattern(field, pattern)];
  if (pattern.length === 0) throw new ConfigurationError(field, "must have at least one pattern");
  return pattern.map((each, index) => parsePattern(`${field}[${index}]`, each));
}

function resolveMethods(field: string, methods: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (methods === undefined) return undefined;
  const areMethods = (list: readonly unknown[]) =>
    list.every((each) => typeof each === "string" && /^[\w-]+$/.test(each));
  if (!Array.isArray(methods) || methods.length === 0 || !areMethods(methods)) {
    throw new ConfigurationError(
      field,
      'must be an array of methods, such as ["POST", "PUT"]; leave it out for all methods',
    );
  }
  return new Set(methods.map((method) => method.toUpperCase()));
}

function parsePrefix(field: string, prefix: unknown): readonly PatternName[] {
  const { segments, below } = parsePattern(field, prefix);
  const names = segments.flatMap((segment) => segment ?? []);
  if (below || names.length === 0 || names.length < segments.length) {
    throw new ConfigurationError(field, 'must be a path of names only, without * and :name, such as "/docs"');
  }
  return names;
}
