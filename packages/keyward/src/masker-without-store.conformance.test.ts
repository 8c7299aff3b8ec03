import { randomBytes } from "node:crypto";
import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BackendError, createMasker, type KeyValueBackend, type Masker } from "./index.ts";

const encryption = { keys: [randomBytes(32).toString("base64")] };
const secret = `${"correct-horse-battery-staple-".repeat(4)}Zx9`;
const sample = `user kim.minsu@example.co.kr on i-1234567890abcdef0, password=${secret}`;

let server: RedisServer;
const opened: KeyValueBackend[] = [];

/** An instance of its own: it shares the server and the key with the others, and no connection. */
function instanceOf(scope: string): Masker {
  const backend = createIoredisBackend({ url: server.url });
  opened.push(backend);
  return createMasker({ backend, encryption, scope });
}

beforeAll(async () => {
  server = await startRedis({ appendOnly: true });
});

afterAll(async () => {
  await Promise.all(opened.map((backend) => backend.close()));
  await server.stop();
});

const outages: [string, () => unknown, () => unknown][] = [
  ["frozen", () => server.freeze(), () => server.thaw()],
  ["killed", () => server.kill("SIGKILL"), () => server.start()],
];

describe.each(outages)("while a Redis is %s", (name, lose, bringBack) => {
  it("what one instance masks is restored by another one, then and once it is back", async () => {
    const [one, other] = [instanceOf(name), instanceOf(name)];
    const numbered = await one.mask("10.0.0.1");
    await other.mask("10.0.0.7");
    await lose();
    const masked = await one.mask(`10.0.0.1: ${sample}`);
    expect(masked.findings.map(({ token }) => token.replace(/X[0-9A-Z]+$/, "X"))).toEqual([
      "NET_IPV4_001",
      "PII_EMAIL_X",
      "AWS_EC2_X",
      "SECRET_PASSWORD_X",
    ]);
    expect((await other.mask(sample)).text).toBe(masked.text.slice("NET_IPV4_001: ".length));

    const partly = await other.unmask(masked.text, masked.handle, { onBackendError: "leave" });
    expect(partly).toEqual({
      text: `NET_IPV4_001: ${sample}`,
      unresolved: [{ token: "NET_IPV4_001", reason: "unavailable", start: 0 }],
    });
    await expect(other.unmask(masked.text, masked.handle)).rejects.toThrow(BackendError);
    expect((await one.unmask(masked.text, masked)).text).toBe(`10.0.0.1: ${sample}`);

    await bringBack();
    const whole = { text: `10.0.0.1: ${sample}`, unresolved: [] };
    await expect.poll(() => other.unmask(masked.text, masked.handle).catch(() => undefined)).toEqual(whole);
    // Numbers as ever, the same ones everywhere, and the sealed tokens go on beside them.
    await expect.poll(async () => (await one.mask(sample)).text).toMatch(/^user PII_EMAIL_\d+ on AWS_EC2_\d+, /);
    expect((await other.mask(sample)).text).toBe((await one.mask(sample)).text);
    expect((await instanceOf(name).unmask(`${numbered.text}: ${masked.text}`, [numbered, masked])).text).toBe(
      `10.0.0.1: 10.0.0.1: ${sample}`,
    );
  });
});

describe("a Redis that comes back empty", () => {
  it("leaves sealed tokens as good as before", async () => {
    const emptied = await startRedis();
    const backends = [1, 2].map(() => createIoredisBackend({ url: emptied.url }));
    const [one, other] = backends.map((backend) => createMasker({ backend, encryption })) as [Masker, Masker];
    try {
      await emptied.kill("SIGKILL");
      const masked = await one.mask(sample);
      await emptied.start();
      await expect.poll(async () => (await other.mask("10.0.0.1")).text).toMatch(/^NET_IPV4_\d+$/);
      expect(await other.unmask(masked.text, masked.handle)).toEqual({ text: sample, unresolved: [] });
    } finally {
      await Promise.all(backends.map((backend) => backend.close()));
      await emptied.stop();
    }
  });
});
