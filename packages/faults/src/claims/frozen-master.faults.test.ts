import type { KeyValueBackend } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { askServer, type RedisServer, startRedisCluster, startSentinel, until } from "@keyward/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { expected } from "../features/expected.ts";
import { type Seen, see } from "../features/feature.ts";
import { features } from "../features/features.ts";
import { startLivedTime } from "../lived-time/start-lived-time.ts";
import { withPatience } from "../staging/with-patience.ts";

/** Those on other masters are answered by then, and the others are seen to wait. */
const timeoutMs = 1_000;
const graceMs = 50;
const patientMs = 20_000;
/** Longer than the test: another server that takes over isn't what is looked at here. */
const failoverMs = 600_000;

/** What each feature shows, by its name, while each of the masters is frozen in turn. */
async function freezeEach(masters: readonly RedisServer[], open: () => KeyValueBackend) {
  const lived = startLivedTime();
  const backend = withPatience(open(), patientMs, lived);
  onTestFinished(async () => {
    lived.stop();
    await backend.close();
  });
  const attempts = await Promise.all(
    features.map(async (feature) => ({ name: feature.name, attempt: await feature.prepare(backend) })),
  );
  const shown: Record<string, Seen[]> = {};
  for (const master of masters) {
    backend.timeoutMs = timeoutMs;
    master.freeze();
    await Promise.all(
      attempts.map(async ({ name, attempt }) => {
        const startedAt = lived.elapsedMs;
        const seen = await see(attempt);
        expect(lived.elapsedMs - startedAt, `how long ${name} takes`).toBeLessThan(timeoutMs + graceMs);
        shown[name] = [...(shown[name] ?? []), seen];
      }),
    );
    master.thaw();
    backend.timeoutMs = patientMs;
    await Promise.all(
      attempts.map(({ name, attempt }) => until(`${name} is as before`, async () => (await see(attempt)) === "done")),
    );
  }
  return shown;
}

/** Without a fallback around the store, what may be degraded fails as all else does. */
const withoutFallback: Readonly<Record<string, Seen>> = {
  "get, degrade local": "not applied",
  "script, degrade local": "unknown",
};
const frozen = Object.entries({ ...expected["frozen"], ...withoutFallback });

it("every feature is answered or fails by its deadline while the master of a Cluster that it needs is frozen", async () => {
  const cluster = await startRedisCluster({ replicas: 0 });
  onTestFinished(() => cluster.stop());
  for (const { options } of cluster.servers) {
    await askServer(options, "CONFIG", "SET", "cluster-node-timeout", `${failoverMs}`);
  }
  const open = () => createIoredisBackend({ cluster: { nodes: [...cluster.nodes] }, timeoutMs: patientMs });
  const shown = await freezeEach(cluster.servers, open);
  for (const [name, seen] of frozen) {
    // Each has its keys, or its channel, at one of the masters.
    const due = seen === "done" ? ["done", "done", "done"] : [seen, "done", "done"];
    expect([...(shown[name] ?? [])].sort(), name).toEqual(due.sort());
  }
});

it("every feature is answered or fails by its deadline while the master that Sentinel names is frozen", async () => {
  const group = await startSentinel({ downAfterMs: failoverMs });
  onTestFinished(() => group.stop());
  const sentinels = group.addresses.map(({ host, port }) => ({ host, port }));
  const open = () => createIoredisBackend({ sentinels, name: group.name, timeoutMs: patientMs });
  const shown = await freezeEach([await group.master()], open);
  expect(shown).toEqual(Object.fromEntries(frozen.map(([name, seen]) => [name, [seen]])));
});
