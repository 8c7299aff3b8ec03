import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { increment } from "../probes/increment.ts";

const shortMs = 40;

export const sharingChecks = checksOf("sharing", {
  "a second instance sees what the first has written, deleted and counted": async ({ backend, second, key }) => {
    const name = key();
    await backend.set(name, "1");
    expect(await second.get(name)).toBe("1");
    expect(await second.run(increment, [name], 1)).toBe(2);
    expect(await backend.get(name)).toBe("2");
    expect(await second.delete([name])).toBe(1);
    expect(await backend.get(name)).toBeNull();
  },

  "a deadline is the same for both instances": async ({ backend, second, key, elapse }) => {
    const name = key();
    await backend.set(name, "value", { ttlMs: shortMs });
    await elapse(shortMs);
    expect(await second.get(name)).toBeNull();
  },

  "closing one instance affects neither the other nor what is stored": async ({ backend, fresh, key }) => {
    const name = key();
    const other = await fresh();
    await other.set(name, "value");
    await other.close();
    expect(await backend.get(name)).toBe("value");
  },
});
