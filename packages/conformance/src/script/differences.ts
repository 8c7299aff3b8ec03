import type { RawReply } from "@keyward/core";
import type { Answer } from "./answer.ts";
import type { KeyState } from "./key-state.ts";

/** Says how the answers of the twins differ; empty if they agree. */
export function compareAnswers(memory: Answer, redis: Answer): string[] {
  const crashes = [
    ...(memory.kind === "crash" ? [`the memory twin broke: ${memory.message}`] : []),
    ...(redis.kind === "crash" ? [`the Redis twin broke: ${redis.message}`] : []),
  ];
  if (crashes.length > 0) return crashes;
  const [left, right] = [describeAnswer(memory), describeAnswer(redis)];
  return left === right ? [] : [`memory answered ${left}, Redis ${right}`];
}

/** Says how the content of the two stores differs, key by key. Redis's TTL may be lower by `driftMs`, see {@link RedisTwin}. */
export function compareStates(
  memory: ReadonlyMap<string, KeyState | null>,
  redis: ReadonlyMap<string, KeyState | null>,
  driftMs: number,
): string[] {
  return [...memory].flatMap(([key, state]) =>
    compareKey(state, redis.get(key) ?? null, driftMs).map((difference) => `${key}: ${difference}`),
  );
}

function compareKey(memory: KeyState | null, redis: KeyState | null, driftMs: number): string[] {
  if (!memory || !redis || memory.type !== redis.type) {
    return memory === redis ? [] : [`memory holds ${memory?.type ?? "nothing"}, Redis ${redis?.type ?? "nothing"}`];
  }
  const fields = [...new Set([...memory.content.keys(), ...redis.content.keys()])];
  const differences = fields.flatMap((field) => {
    const [left, right] = [memory.content.get(field), redis.content.get(field)];
    const place = memory.type === "hash" ? `field ${JSON.stringify(field)}: ` : "";
    return left === right ? [] : [`${place}memory holds ${describeValue(left)}, Redis ${describeValue(right)}`];
  });
  if (!sameTtl(memory.ttlMs, redis.ttlMs, driftMs)) {
    differences.push(`memory has ${describeTtl(memory.ttlMs)} left, Redis ${describeTtl(redis.ttlMs)}`);
  }
  return differences;
}

function sameTtl(memory: number | null, redis: number | null, driftMs: number): boolean {
  if (memory === null || redis === null) return memory === redis;
  return redis <= memory && redis >= memory - driftMs;
}

export function describeAnswer(answer: Answer): string {
  if (answer.kind === "reply") return describeReply(answer.raw);
  return answer.kind === "error" ? `error ${answer.code}` : `a crash: ${answer.message}`;
}

/** JSON distinguishes `1` and `"1"`, as the comparison must. */
function describeReply(raw: RawReply): string {
  return JSON.stringify(raw);
}

function describeValue(value: string | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function describeTtl(ttlMs: number | null): string {
  return ttlMs === null ? "no deadline" : `${ttlMs} ms`;
}
