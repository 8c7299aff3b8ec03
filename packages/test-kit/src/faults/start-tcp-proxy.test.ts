import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { startTcpProxy, type TcpProxy } from "./start-tcp-proxy.ts";

let echo: Server;
let proxy: TcpProxy;
let received = "";

beforeEach(async () => {
  received = "";
  echo = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      received += bytes;
      socket.write(bytes);
    });
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await startTcpProxy({ host: "127.0.0.1", port: (echo.address() as AddressInfo).port });
});
afterEach(async () => {
  await proxy.stop();
  echo.close();
});

async function open(): Promise<{ socket: Socket; heard: () => string; ended: Promise<unknown> }> {
  const socket = connect(proxy.port, proxy.host);
  let heard = "";
  socket.on("data", (bytes) => {
    heard += bytes;
  });
  socket.on("error", () => {});
  const ended = new Promise((resolve) => socket.once("close", resolve));
  await once(socket, "connect");
  return { socket, heard: () => heard, ended };
}

describe("startTcpProxy", () => {
  it("hands everything on", async () => {
    const { socket, heard } = await open();
    socket.write("hello");
    await until("the echo is back", () => heard() === "hello");
    expect(proxy.accepted).toBe(1);
  });

  it("hands requests on and drops what comes back", async () => {
    const { socket, heard } = await open();
    proxy.mode = "swallow-replies";
    socket.write("hello");
    await until("the server has it", () => received === "hello");
    proxy.mode = "pass";
    socket.write("!");
    await until("the next echo is back", () => heard() === "!");
  });

  it("cuts the connection in place of the first reply", async () => {
    const { socket, heard, ended } = await open();
    proxy.mode = "cut-at-reply";
    socket.write("hello");
    await ended;
    expect([received, heard()]).toEqual(["hello", ""]);
  });

  it("ends its side in place of the first reply, and stays silent", async () => {
    const { socket, heard } = await open();
    const finished = once(socket, "end");
    proxy.mode = "half-close";
    socket.write("hello");
    await finished;
    expect([received, heard()]).toEqual(["hello", ""]);
  });

  it("spoils what comes back, and nothing of what is sent", async () => {
    const { socket, heard } = await open();
    proxy.mode = "garbage";
    socket.write("hello");
    await until("something is back", () => heard().length === 5);
    expect(received).toBe("hello");
    expect(heard()).not.toContain("hello");
  });

  it("holds replies for as long as it is told, in their order", async () => {
    const { socket, heard } = await open();
    proxy.delayMs = 30;
    const start = performance.now();
    socket.write("one ");
    await until("the server has it", () => received === "one ");
    socket.write("two");
    await until("both echoes are back", () => heard() === "one two");
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);

    proxy.delayMs = 30;
    socket.write(" three");
    await until("the server has it", () => received.endsWith(" three"));
    proxy.delayMs = 0;
    socket.write(" four");
    await until("none has overtaken", () => heard() === "one two three four");
  });

  it("keeps what is sent while it stalls, and hands it on afterwards", async () => {
    const { socket, heard } = await open();
    proxy.mode = "stall";
    socket.write("hello");
    await new Promise((resolve) => socket.write("", resolve));
    expect(received).toBe("");
    proxy.mode = "pass";
    await until("the echo is back", () => heard() === "hello");
  });

  it("refuses and accepts again on the same port", async () => {
    const { ended } = await open();
    await proxy.refuse();
    await ended;
    const [error] = await once(connect(proxy.port, proxy.host), "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    await proxy.accept();
    const { socket, heard } = await open();
    socket.write("hello");
    await until("the echo is back", () => heard() === "hello");
  });
});
