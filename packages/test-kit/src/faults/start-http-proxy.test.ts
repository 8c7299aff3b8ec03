import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { type HttpProxy, startHttpProxy } from "./start-http-proxy.ts";

let echo: Server;
let proxy: HttpProxy;
const received: string[] = [];

beforeEach(async () => {
  received.length = 0;
  echo = createServer(async (incoming, response) => {
    const body = await text(incoming);
    received.push(body);
    if (incoming.url === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: first\n\n");
    } else response.end(`${incoming.method} ${incoming.headers.authorization} ${body}`);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await startHttpProxy(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await proxy.stop();
  echo.closeAllConnections();
  echo.close();
});

const ask = (path = "/", signal?: AbortSignal) =>
  fetch(proxy.url + path, {
    method: "POST",
    body: "hello",
    headers: { authorization: "Bearer x" },
    ...(signal && { signal }),
  });

describe("startHttpProxy", () => {
  it("hands everything on, and a stream as it comes", async () => {
    expect(await (await ask()).text()).toBe("POST Bearer x hello");
    const { value } = (await (await ask("/events")).body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe("data: first\n\n");
    expect([proxy.received, proxy.handedOn]).toEqual([2, 2]);
  });

  it("answers by itself, or not at all, and hands nothing on", async () => {
    proxy.fault = { kind: "answer", status: 429, body: '{"error":"too many"}' };
    const answer = await ask();
    expect([answer.status, await answer.text()]).toEqual([429, '{"error":"too many"}']);
    proxy.fault = { kind: "silence" };
    const abort = new AbortController();
    const silent = ask("/", abort.signal);
    await until("it came", () => proxy.received === 2);
    abort.abort(new Error("enough"));
    await expect(silent).rejects.toThrow("enough");
    expect([proxy.handedOn, received]).toEqual([0, []]);
  });

  it("cuts an answer off, before it or in the middle", async () => {
    proxy.fault = { kind: "cut-at-reply" };
    await expect(ask()).rejects.toThrow();
    proxy.fault = { kind: "truncate" };
    await expect(ask().then((answer) => answer.text())).rejects.toThrow();
    expect(received).toEqual(["hello", "hello"]);
  });

  it("puts another body in an answer's place", async () => {
    proxy.fault = { kind: "replace-body", body: "<html>" };
    expect(await (await ask()).text()).toBe("<html>");
    expect(received).toEqual(["hello"]);
  });

  it("refuses and accepts again on the same port", async () => {
    await proxy.refuse();
    await expect(ask()).rejects.toThrow();
    await proxy.accept();
    expect((await ask()).status).toBe(200);
  });
});
