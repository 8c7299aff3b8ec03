import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Context, createContext, runInContext } from "node:vm";
import { startRedis } from "@keyward/test-kit";
import { startUpstashServer } from "@keyward/upstash-local";
import { type BuildOptions, type BuildResult, build, type Metafile, type Platform } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

/** An edge route that uses everything that an edge route may: what it prints shows that it ran. */
const route = `
  import { ConfigurationError, createBackendFromEnv, createMasker, createMemoryBackend, createRouteTable } from "keyward";

  const key = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0"));
  const masker = createMasker({ backend: createMemoryBackend(), encryption: { keys: [key.join("")] } });

  const limits = [{ limit: 1, window: "1m" }];
  const table = createRouteTable({ routes: [{ pattern: "/api/ask", limits }], default: { limits } });
  const ask = (path) => table.check({ method: "POST", path }, "203.0.113.7");

  async function stream(text, masked) {
    const unmasking = masker.unmaskStream(masked);
    const writer = unmasking.writable.getWriter();
    const written = (async () => {
      for (const character of text) await writer.write(character);
      await writer.close();
    })();
    let restored = "";
    for (const reader = unmasking.readable.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      restored += value;
    }
    await written;
    return restored;
  }

  globalThis.handle = async (text, environment) => {
    const masked = await masker.mask(text);
    const { text: whole } = await masker.unmask(masked.text, masked);
    const streamed = await stream(masked.text, masked);
    const named = (variables) => {
      try {
        return createBackendFromEnv(variables).name;
      } catch (error) {
        return ConfigurationError.is(error) && "refuses " + error.field;
      }
    };
    const rest = { KV_REST_API_URL: "https://store.example.com", KV_REST_API_TOKEN: "token" };
    const stores = [undefined, environment, { ...environment, ...rest }].map(named);
    const checks = [await ask("/api/ask"), await ask("/API/%61sk/")].map(({ allowed, route }) => [allowed, route]);
    return { masked: masked.text, whole, streamed, stores, checks };
  };
`;

/** An edge route whose store is asked over REST. */
const restRoute = `
  import { createMasker } from "keyward";
  import { createUpstashBackend } from "keyward/upstash";

  globalThis.handle = async (url, token) => {
    const backend = createUpstashBackend({ url, token, timeoutMs: 5000 });
    const masker = createMasker({ backend, scope: "edge", encryption: "none" });
    const masked = await masker.mask("Analyze i-1234567890abcdef0");
    const { text } = await masker.unmask(masked.text, masked);
    let hear;
    const heard = new Promise((resolve) => (hear = resolve));
    await backend.subscribe("news", hear);
    await backend.publish("news", "two\\nlines");
    const message = await heard;
    await backend.close();
    return { masked: masked.text, text, message };
  };
`;

/** What such a runtime has, and nothing of Node. */
const webGlobals = [
  ...["AbortController", "AbortSignal", "TextDecoder", "TextEncoder", "TransformStream", "URL"],
  ...["EventTarget", "Request", "atob", "fetch"],
  ...["clearTimeout", "crypto", "performance", "queueMicrotask", "setTimeout", "structuredClone"],
] as const;

interface Bundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/** Bundles the built package as the bundler of a runtime with these export conditions does. */
async function bundle(
  contents: string,
  platform: Platform,
  conditions: readonly string[],
  options: BuildOptions = {},
): Promise<Bundle> {
  const result: BuildResult<{ write: false; metafile: true }> = await build({
    stdin: {
      contents,
      resolveDir: fileURLToPath(new URL("../../../examples/mask-and-restore", import.meta.url)),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "iife",
    platform,
    // As the bundlers of these runtimes do; without, packages that are CommonJS alone aren't found.
    ...(platform === "neutral" && { mainFields: ["module", "main"] }),
    conditions: [...conditions],
    // The paths of the workspace's configuration would lead to the sources; a user has the builds.
    tsconfigRaw: {},
    ...options,
  });
  return { code: result.outputFiles[0]?.text ?? "", metafile: result.metafile };
}

describe.each<[runtime: string, platform: Platform, conditions: readonly string[]]>([
  ["a runtime without conditions", "neutral", []],
  ["Next.js' edge runtime", "neutral", ["edge-light", "worker", "browser"]],
  ["Cloudflare Workers", "neutral", ["workerd", "worker", "browser"]],
  ["a browser", "browser", []],
])("a bundle for %s", (_runtime, platform, conditions) => {
  let bundled: Bundle;
  beforeAll(async () => {
    bundled = await bundle(route, platform, conditions);
  });

  it("holds nothing of ioredis and imports no module of Node", () => {
    const inputs = Object.entries(bundled.metafile.inputs);
    expect(inputs.map(([path]) => path).filter((path) => /redis-loader\.node|ioredis/.test(path))).toEqual([]);
    expect(inputs.flatMap(([, { imports }]) => imports.filter(({ external }) => external))).toEqual([]);
  });

  it("masks, restores and limits routes where there are only the web's own interfaces", async () => {
    const context = runAtTheEdge(bundled.code);
    const text = "user kim@example.co.kr on i-1234567890abcdef0";
    expect(await context["handle"](text, { REDIS_HOST: "cache" })).toEqual({
      masked: "user PII_EMAIL_001 on AWS_EC2_001",
      whole: text,
      streamed: text,
      stores: ["memory", "refuses REDIS_HOST", "upstash"],
      checks: [
        [true, "/api/ask"],
        [false, "/api/ask"],
      ],
    });
  });

  it("masks over REST, and hears messages, without a module of Node", async () => {
    const { code, metafile } = await bundle(restRoute, platform, conditions);
    expect(Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual(
      [],
    );
    const redis = await startRedis();
    const rest = await startUpstashServer({ redis: redis.url });
    try {
      expect(await runAtTheEdge(code)["handle"](rest.url, rest.token)).toEqual({
        masked: "Analyze AWS_EC2_001",
        text: "Analyze i-1234567890abcdef0",
        message: "two\nlines",
      });
    } finally {
      await rest.close();
      await redis.stop();
    }
  });
});

function runAtTheEdge(code: string): Context {
  const context: Context = createContext(
    Object.fromEntries(webGlobals.map((name) => [name, globalThis[name]])),
    // As edge runtimes do.
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(code, context);
  return context;
}

describe("a bundle for Node", () => {
  it("holds the backend over TCP", async () => {
    const { metafile } = await bundle(route, "node", []);
    expect(Object.keys(metafile.inputs)).toContainEqual(expect.stringMatching(/ioredis\/dist\/index\.js$/));
  });

  it("runs a backend of one's own making beside those that are loaded late", async () => {
    const contents = `
      import { createBackendFromEnv } from "keyward";
      import { createIoredisBackend } from "keyward/redis";
      import { createUpstashBackend } from "keyward/upstash";

      const rest = createUpstashBackend({ url: "https://store.example.com", token: "token" });
      export const names = [createIoredisBackend({ host: "cache" }), rest, createBackendFromEnv({})].map(({ name }) => name);
    `;
    const { code } = await bundle(contents, "node", [], { format: "cjs" });
    const module = { exports: {} };
    new Function("require", "module", "exports", code)(createRequire(import.meta.url), module, module.exports);
    expect(module.exports).toEqual({ names: ["ioredis", "upstash", "memory"] });
  });
});

describe("a bundle where the client for REST isn't installed", () => {
  it.each<Platform>(["node", "neutral"])(
    "is made all the same for %s: nothing of it is imported but to try",
    async (platform) => {
      const { metafile } = await bundle(route, platform, [], { external: ["@upstash/redis"] });
      const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
      const kinds = imports.filter(({ path }) => path === "@upstash/redis").map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(["dynamic-import"]));
    },
  );
});
