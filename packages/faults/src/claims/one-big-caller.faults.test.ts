import { randomBytes } from "node:crypto";
import { type BackendEvent, withFallback } from "@keyward/core";
import { createMasker } from "@keyward/masker";
import { increment, instanceId, monitorCommands } from "@keyward/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { startTcpStore } from "../staging/tcp-store.ts";

const newValues = 50_000;
/** How fast the machine is isn't in question here, but whom one caller degrades. */
const timeoutMs = 5_000;

it("one caller masks 50,000 new values, and the store goes on answering everybody else in between", async () => {
  const store = await startTcpStore();
  const events: BackendEvent[] = [];
  const backend = withFallback(store.open(timeoutMs), { observer: (event) => events.push(event), timeoutMs });
  const monitor = await monitorCommands(store.redis);
  onTestFinished(async () => {
    monitor.close();
    await backend.close();
    await store.stop();
  });
  const masker = createMasker({
    backend,
    encryption: { keys: [randomBytes(32).toString("base64")] },
    detectors: ["aws"],
    observer: () => undefined,
  });
  await backend.run(increment, ["checks"], { by: 1_000_000 });

  let isMasking = true;
  const text = Array.from({ length: newValues }, (_, index) => instanceId(index)).join("\n");
  const masking = masker.mask(text).finally(() => {
    isMasking = false;
  });
  let checks = 0;
  let latest = 0;
  const checkOn = async () => {
    while (isMasking) {
      latest = Math.max(latest, await backend.run(increment, ["checks"], { by: 1 }, { degrade: "local" }));
      checks += 1;
    }
  };
  await Promise.all([masking, ...Array.from({ length: 4 }, checkOn)]);

  // Counted on the store, each of them: none was answered from memory.
  expect(latest).toBe(1_000_000 + checks);
  expect(events.filter(({ type }) => type === "backend.degraded")).toEqual([]);
  expect(new Set((await masking).text.split("\n")).size).toBe(newValues);
  // In turns: the caller's fifty steps on the store never follow upon each other for long.
  const steps = (await monitor.commands()).filter((command) => /^(lua hset|lua incrby)$/.test(command));
  const runs = steps
    .join(" ")
    .split("lua incrby")
    .map((run) => run.split("lua hset").length - 1);
  expect(Math.max(...runs)).toBeLessThan(30);
}, 60_000);
