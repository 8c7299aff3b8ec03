import type { Express, Request, RequestHandler } from "express";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expressVersions } from "../fixtures/express-versions.ts";
import { type RunningApp, startApp } from "../fixtures/start-app.ts";
import { type AddressKeyOptions, createAddressKey } from "./address-key.ts";

let running: RunningApp | undefined;
const warn = vi.spyOn(process, "emitWarning");
beforeEach(() => {
  warn.mockReset();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const spoofed = { "x-forwarded-for": "203.0.113.7", forwarded: "for=203.0.113.7" };

describe.each(expressVersions)("createAddressKey on Express %s", (_version, express) => {
  /** Answers each request with its key, or the error's code. */
  async function serve(
    options: AddressKeyOptions,
    prepare: (app: Express) => void = () => undefined,
  ): Promise<(headers?: Record<string, string>) => Promise<string>> {
    const app = express();
    prepare(app);
    app.get("/", answer(createAddressKey(options)));
    running = await startApp(app);
    const { url } = running;
    return async (headers = {}) => (await fetch(url, { headers })).text();
  }

  function answer(key: (request: Request) => string): RequestHandler {
    return (request, response) => {
      try {
        response.send(key(request));
      } catch (error) {
        response.send(String((error as { code?: string }).code));
      }
    };
  }

  it("is the socket's address, whatever a header says, unless proxies are trusted", async () => {
    const ask = await serve({});
    expect(await ask(spoofed)).toBe("127.0.0.1");
  });

  it.each([
    ["a number of proxies", 1],
    ["a range", "127.0.0.0/8"],
    ["a name of a range", "loopback"],
    ["a function", (address: string) => address === "127.0.0.1"],
  ])("follows the app's trust proxy setting: %s", async (_kind, trust) => {
    const ask = await serve({}, (app) => app.set("trust proxy", trust));
    expect(await ask({ "x-forwarded-for": "1.1.1.1, 203.0.113.7" })).toBe("203.0.113.7");
    expect(await ask({ "x-forwarded-for": "2001:db8:1:2:3::7" })).toBe("2001:db8:1:2::/64");
    expect(await ask({ "x-forwarded-for": "unknown" })).toBe("CLIENT_ADDRESS_UNKNOWN");
  });

  it.each([
    ["true", true],
    ["every IPv4 address, in two halves", "0.0.0.0/1, 128.0.0.0/1"],
    ["most IPv6 addresses", ["loopback", "2000::/3"]],
    ["a function that always agrees", () => true],
    ["more proxies than there can be", 1e6],
  ])("refuses a setting that trusts everybody: %s", async (_kind, trust) => {
    const ask = await serve({}, (app) => app.set("trust proxy", trust));
    expect(await ask(spoofed)).toBe("CONFIGURATION_INVALID");
    expect(await ask()).toBe("CONFIGURATION_INVALID");
  });

  it("notices a setting that is changed later", async () => {
    let changed: Express | undefined;
    const ask = await serve({}, (app) => {
      changed = app;
    });
    expect(await ask()).toBe("127.0.0.1");
    changed?.set("trust proxy", true);
    expect(await ask()).toBe("CONFIGURATION_INVALID");
  });

  it("uses the setting that a mounted app inherits", async () => {
    const inner = express();
    inner.get("/", answer(createAddressKey()));
    await serve({}, (app) => {
      app.set("trust proxy", 1);
      app.use("/inner", inner);
    });
    expect(await (await fetch(`${running?.url}/inner`, { headers: spoofed })).text()).toBe("203.0.113.7");
  });

  it("uses its own trustedProxies and header instead of the setting, if they are given", async () => {
    const trustAll = (app: Express) => app.set("trust proxy", true);
    const ask = await serve({ trustedProxies: ["127.0.0.1"], header: "forwarded", ipv6Prefix: 48 }, trustAll);
    expect(await ask({ forwarded: 'for=1.1.1.1, for="[2001:db8:1:2::7]:80"', "x-forwarded-for": "2.2.2.2" })).toBe(
      "2001:db8:1::/48",
    );
    expect(await ask()).toBe("CLIENT_ADDRESS_UNKNOWN");
  });

  it("warns once if there is a proxy that isn't trusted, behind which all callers look the same", async () => {
    const ask = await serve({});
    await ask();
    expect(warn).not.toHaveBeenCalled();
    await ask(spoofed);
    await ask(spoofed);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("trust proxy"), { code: "KEYWARD_TRUST_PROXY_UNSET" }]]);
  });

  it("doesn't warn if the setting was chosen", async () => {
    const ask = await serve({}, (app) => app.set("trust proxy", "10.0.0.0/8"));
    expect(await ask(spoofed)).toBe("127.0.0.1");
    expect(warn).not.toHaveBeenCalled();
  });
});
