import { createHash } from "node:crypto";
import { defineScript, type KeyValueBackend } from "@keyward/core";
import { increment } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "./fixtures/failure-of.ts";
import { type StandIn, type StandInRequest, startStandIn, token } from "./fixtures/start-stand-in.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let server: StandIn;
let backend: KeyValueBackend;
beforeEach(async () => {
  server = await startStandIn();
  backend = createUpstashBackend({ url: server.url, token, timeoutMs: 5_000 });
});
afterEach(async () => {
  await backend.close();
  await server.stop();
});

/** A server that knows scripts by their digests, and counts. */
function serveScripts(refusal?: string): (request: StandInRequest) => void {
  const known = new Set<string>();
  let count = 0;
  return ({ commands, answer }) =>
    answer(
      commands.map(([name, script]) => {
        if (name === "get") return { result: Buffer.from(`${count}`).toString("base64") };
        if (name === "evalsha")
          return known.has(String(script)) ? { result: ++count } : { error: "NOSCRIPT No matching" };
        if (refusal && String(script).startsWith("#!")) return { error: refusal };
        known.add(digestOf(String(script)));
        return { result: ++count };
      }),
    );
}

const digestOf = (text: string) => createHash("sha1").update(text).digest("hex");
const names = () => server.requests.map(({ commands }) => commands.map(([name]) => name));
const step = () => backend.run(increment, ["n"], { by: 1 });

describe("a script", () => {
  it("is sent as a digest, or as text if the server doesn't know it, after the service's first line", async () => {
    server.handle = serveScripts();
    expect([await step(), await step()]).toEqual([1, 2]);
    expect(names()).toEqual([["evalsha"], ["eval"], ["evalsha"]]);
    const [byDigest, whole] = server.requests.map(({ commands }) => commands[0]);
    const text = `#!lua flags=allow-key-locking\n${increment.lua}`;
    expect(byDigest).toEqual(["evalsha", digestOf(text), 1, "n", "", "1"]);
    expect(whole).toEqual(["eval", text, 1, "n", "", "1"]);
  });

  it("is sent as text again if the server has lost it", async () => {
    server.handle = serveScripts();
    await step();
    server.handle = serveScripts();
    expect(await step()).toBe(1);
    expect(names()).toEqual([["evalsha"], ["eval"], ["evalsha"], ["eval"]]);
  });

  it.each([
    "ERR Unexpected flag in script shebang: allow-key-locking",
    "ERR Error compiling script (new function): user_script:1: unexpected symbol near '#'",
  ])("is sent without that line once a server has refused it: %s", async (refusal) => {
    server.handle = serveScripts(refusal);
    expect([await step(), await step()]).toEqual([1, 2]);
    expect(names()).toEqual([["evalsha"], ["eval"], ["evalsha"], ["eval"], ["evalsha"]]);
    expect(server.requests.at(-1)?.commands[0]?.[1]).toBe(digestOf(increment.lua));
  });

  it("is seen by the read after it, whether the server knows it or not", async () => {
    server.handle = serveScripts();
    for (const count of [1, 2]) {
      expect(await Promise.all([step(), backend.get("n")])).toEqual([count, `${count}`]);
    }
    expect(names()).toEqual([["evalsha"], ["eval"], ["get"], ["evalsha", "get"]]);
  });

  it("shares a request with other scripts", async () => {
    server.handle = serveScripts();
    const scripts = ["one", "two", "three"].map((name) =>
      defineScript({ ...increment, name, lua: `${increment.lua} -- ${name}` }),
    );
    const run = () => Promise.all(scripts.map((script, index) => backend.run(script, [`n${index}`], { by: 1 })));
    await run();
    await run();
    expect(names().map((each) => each.length)).toEqual([3, 3, 3]);
  });

  it("fails at once, and alone, if its digest can't be computed", async () => {
    vi.spyOn(crypto.subtle, "digest").mockRejectedValueOnce(new Error("no such thing"));
    const fresh = { ...increment, lua: `${increment.lua} -- not hashed yet` };
    server.handle = serveScripts();
    const failure = failureOf(backend.run(fresh, ["n"], { by: 1 }));
    expect(await backend.get("other")).toBe("0");
    expect(await failure).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
    expect(names()).toEqual([["get"]]);
  });

  it("counts each sending, of the digest and of the text", async () => {
    server.handle = serveScripts();
    let sent = 0;
    const onSent = (commands: number) => {
      sent += commands;
    };
    await backend.run(increment, ["n"], { by: 1 }, { onSent });
    expect(sent).toBe(2);
    await backend.run(increment, ["n"], { by: 1 }, { onSent });
    expect(sent).toBe(3);
  });
});
