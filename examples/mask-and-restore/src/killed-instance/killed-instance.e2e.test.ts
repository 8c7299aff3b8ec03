import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type RedisServer, startRedis } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InstanceAnswer, InstanceTask } from "./instance.ts";

const secret = `${"correct-horse-battery-staple-".repeat(4)}Zx9`;
const sample = `user kim.minsu@example.co.kr on i-1234567890abcdef0 at 10.0.1.100, password=${secret}`;
const key = randomBytes(32).toString("base64");

let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.stop());

/** Asks a process of its own and kills it as soon as it has answered. */
async function askInstance(task: InstanceTask): Promise<InstanceAnswer> {
  const instance: ChildProcess = fork(fileURLToPath(new URL("instance.ts", import.meta.url)), [JSON.stringify(task)], {
    env: { PATH: process.env["PATH"], REDIS_URL: server.url, MASK_KEY: key },
    execArgv: [],
  });
  try {
    const ended = once(instance, "exit").then(() => Promise.reject(new Error("the instance ended without an answer")));
    ended.catch(() => undefined);
    const [answer] = (await Promise.race([once(instance, "message"), ended])) as [InstanceAnswer];
    return answer;
  } finally {
    instance.kill("SIGKILL");
  }
}

describe.each([
  ["frozen", () => server.freeze(), () => server.thaw()],
  ["gone", () => server.kill("SIGKILL"), () => server.start()],
] as const)("an instance that is killed while Redis is %s", (_, lose, bringBack) => {
  it("leaves nothing behind that a fresh one would need: the text and its handle are enough", async () => {
    await lose();
    const { text, handle } = await askInstance({ mask: sample });
    expect(text).toMatch(/^user PII_EMAIL_X\w+ on AWS_EC2_X\w+ at NET_IPV4_X\w+, password=SECRET_PASSWORD_X\w{16}$/);
    expect((await askInstance({ unmask: text, handle: handle! })).text).toBe(sample);
    expect((await askInstance({ stream: [...text], handle: handle! })).text).toBe(sample);
    await bringBack();
    expect((await askInstance({ unmask: text, handle: handle! })).text).toBe(sample);
  });
});
