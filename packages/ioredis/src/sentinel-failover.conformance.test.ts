import { BackendError, type KeyValueBackend } from "@keyward/core";
import { askServer, increment, type SentinelGroup, startSentinel, until } from "@keyward/test-kit";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { afterEach, describe, expect, it } from "vitest";
import { createIoredisBackend } from "./ioredis-backend.ts";

let group: SentinelGroup;
let backend: KeyValueBackend;
afterEach(async () => {
  await backend.close();
  await group.stop();
});

const source = () => ({ sentinels: group.addresses.map(({ host, port }) => ({ host, port })), name: group.name });

describe.each([
  { way: "options, ioredis 6", create: () => createIoredisBackend(source()) },
  {
    way: "a client of ioredis 6",
    create: () => createIoredisBackend({ client: new Redis6({ ...source(), lazyConnect: true }) }),
  },
  {
    way: "a client of ioredis 5",
    create: () => createIoredisBackend({ client: new Redis5({ ...source(), lazyConnect: true }) }),
  },
])("Sentinel with $way", ({ create }) => {
  it("goes on at the new master, with nothing applied twice", async () => {
    group = await startSentinel();
    backend = create();
    let mayBeApplied = 0;
    const step = async () => {
      try {
        await backend.run(increment, ["n"], { by: 1 });
        mayBeApplied += 1;
        return true;
      } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        if (error.outcome === "unknown") mayBeApplied += 1;
        return false;
      }
    };
    for (let index = 0; index < 20; index += 1) await step();
    const old = await group.master();
    await old.kill("SIGKILL");
    await until("the new master answers", step);
    await until("the first Sentinel knows it too", async () => (await group.master()) !== old);
    expect(Number(await backend.get("n"))).toBeLessThanOrEqual(mayBeApplied);
  });

  it("leaves a master that has become a replica", async () => {
    group = await startSentinel();
    backend = create();
    await backend.run(increment, ["n"], { by: 1 });
    const old = await group.master();
    const { options } = group.sentinels[0]!;
    await until("the Sentinels agree to a failover", async () =>
      askServer(options, "SENTINEL", "FAILOVER", group.name).then(() => true),
    );
    await until("another master is named", async () => (await group.master()) !== old);
    await until("writes are taken again", () =>
      backend.run(increment, ["n"], { by: 1 }).then(
        () => true,
        () => false,
      ),
    );
  });
});
