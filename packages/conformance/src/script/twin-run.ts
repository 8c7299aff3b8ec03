import fc from "fast-check";
import { readAnswer } from "./answer.ts";
import { compareAnswers, compareStates } from "./differences.ts";
import { checkExpected } from "./expected.ts";
import { MemoryTwin } from "./memory-twin.ts";
import { RedisTwin } from "./redis-twin.ts";
import type { ScriptHost } from "./script-host.ts";
import type { CallStep, Disturbance, Step, TimeStep } from "./step.ts";
import { TwinDisagreement } from "./twin-disagreement.ts";

/** A time in 2023: realistic for scripts that compute with it, and far from any limit. */
const startOfTime = 1_700_000_000_000;
/** Enough steps to see where a difference comes from. */
const historyShown = 12;

/**
 * Takes both twins through one sequence of steps, and rejects at the first difference in a reply, in the content of a key of
 * the step, or in the time that the key has left.
 */
export async function runTwins(host: ScriptHost, steps: readonly Step[]): Promise<void> {
  const redis = new RedisTwin(host);
  const run = new TwinRun(redis, new MemoryTwin(await redis.serverId()));
  try {
    for (const step of steps) await run.perform(step);
  } finally {
    await redis.clear();
  }
}

class TwinRun {
  readonly #redis: RedisTwin;
  readonly #memory: MemoryTwin;
  readonly #history: string[] = [];
  #now = startOfTime;

  constructor(redis: RedisTwin, memory: MemoryTwin) {
    this.#redis = redis;
    this.#memory = memory;
  }

  async perform(step: Step): Promise<void> {
    if (step.kind === "wait" || step.kind === "deadline") this.#travel(step);
    else if (step.kind === "call") await this.#call(step);
    else await this.#disturb(step);
  }

  #travel(step: TimeStep): void {
    if (step.kind === "wait") {
      this.#now += step.ms;
      return;
    }
    const deadlines = this.#redis.deadlines().filter(([, expiresAt]) => expiresAt + 1 > this.#now);
    const { of } = step;
    const chosen = typeof of === "number" ? deadlines[of % deadlines.length] : deadlines.find(([key]) => key === of);
    if (chosen) this.#now = Math.max(this.#now, chosen[1] + step.offsetMs);
  }

  async #call({ call, expected }: CallStep): Promise<void> {
    this.#note(fc.stringify(call));
    const memory = this.#memory.call(this.#now, call);
    const command = ["eval", call.lua, String(call.keys.length), ...call.keys, String(this.#now), ...call.args];
    const redis = await this.#redis.perform(this.#now, call.keys, command);
    const answers = { memory: readAnswer(memory.answer), redis: readAnswer(redis.answer) };
    const differences = [
      ...compareAnswers(answers.memory, answers.redis),
      ...compareStates(memory.states, redis.states, redis.driftMs),
      ...memory.undeclared.map((key) => `the memory twin uses ${key}, which is none of the call's keys`),
    ];
    if (redis.undeclared !== 0) differences.push("the Redis twin writes a key that is none of the call's keys");
    this.#report(differences);
    this.#report(checkExpected(call, answers.memory, expected));
    for (const [key, state] of memory.states) {
      if (state) this.#redis.settle(key, state.ttlMs === null ? null : this.#now + state.ttlMs);
    }
  }

  async #disturb(step: Disturbance): Promise<void> {
    this.#note(fc.stringify(step));
    const { key } = step;
    if (step.kind === "set-field" && this.#memory.typeOf(this.#now, key) === "string") {
      await this.#disturb({ kind: "remove", key });
    }
    if (step.kind === "remove-field" && this.#memory.typeOf(this.#now, key) === "string") return;
    const redis = await this.#redis.perform(this.#now, [key], commandOf(step));
    if (redis.answer instanceof Error) throw redis.answer;
    const memory = this.#memory.change(this.#now, [key], (store) => {
      if (step.kind === "remove") store.delete(key);
      else if (step.kind === "set") store.set(key, step.value, step.ttlMs);
      else if (step.kind === "set-field") store.hashSet(key, step.field, step.value);
      else store.hashDelete(key, step.field);
    });
    this.#report(compareStates(memory.states, redis.states, redis.driftMs));
  }

  #note(what: string): void {
    this.#history.push(`+${this.#now - startOfTime} ms  ${what}`);
  }

  #report(differences: readonly string[]): void {
    if (differences.length === 0) return;
    const past = this.#history.slice(-historyShown);
    const omitted = this.#history.length - past.length;
    throw new TwinDisagreement(differences, omitted > 0 ? [`(${omitted} earlier steps)`, ...past] : past);
  }
}

function commandOf(step: Disturbance): string[] {
  const { key } = step;
  if (step.kind === "remove") return ["del", key];
  if (step.kind === "set-field") return ["hset", key, step.field, step.value];
  if (step.kind === "remove-field") return ["hdel", key, step.field];
  return ["set", key, step.value, ...(step.ttlMs === undefined ? [] : ["px", String(step.ttlMs)])];
}
