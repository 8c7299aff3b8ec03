import { once } from "node:events";
import { request } from "node:http";
import { createRouteTable } from "@keyward/rate-limiter";
import type { Express } from "express";
import { afterEach, describe, expect, it } from "vitest";
import { expressVersions } from "./fixtures/express-versions.ts";
import { type RunningApp, startApp } from "./fixtures/start-app.ts";
import { rateLimit } from "./rate-limit.ts";

let running: RunningApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.each(expressVersions)("a route table on Express %s", (_version, express) => {
  /** Which route decided on each target, sent as it is. */
  async function routesOf(
    targets: readonly string[],
    prepare: (app: Express, limit: ReturnType<typeof rateLimit>) => void,
  ) {
    const table = createRouteTable({
      routes: [
        { pattern: "/api/ai/supervisor", limits: [{ limit: 1, window: "1m" }] },
        { pattern: "/api/*", limits: [{ limit: 30, window: "1m" }] },
      ],
      default: { limits: [{ limit: 100, window: "1m" }] },
    });
    const routes: (string | undefined)[] = [];
    const app = express();
    prepare(
      app,
      rateLimit(table, {
        key: () => "user",
        onDecision: ({ route, allowed }) => void routes.push(allowed ? route : `refused by ${route}`),
      }),
    );
    running = await startApp(app);
    for (const path of targets) {
      const sent = request({ host: "127.0.0.1", port: running.port, path, agent: false }).end();
      const [response] = await once(sent, "response");
      response.resume();
    }
    return routes;
  }

  it("uses the path as it was sent, whatever its spelling", async () => {
    const routes = await routesOf(
      ["/api/ai/supervisor?x=1", "/API//ai/./%73upervisor/", "/api", "/other", "http://host/api/ai/supervisor"],
      (app, limit) => app.use(limit),
    );
    expect(routes).toEqual([
      "/api/ai/supervisor",
      "refused by /api/ai/supervisor",
      "/api/*",
      "default",
      "refused by /api/ai/supervisor",
    ]);
  });

  it("knows the whole path wherever it is mounted", async () => {
    const routes = await routesOf(["/api?x", "/api//ai/supervisor", "/api/ai/supervisor"], (app, limit) => {
      const ai = express.Router();
      ai.use(limit);
      app.use("/api", ai);
    });
    expect(routes).toEqual(["/api/*", "/api/ai/supervisor", "refused by /api/ai/supervisor"]);
  });

  it("uses the path to which the app has rewritten it", async () => {
    const routes = await routesOf(["/v1/supervisor", "/v1/supervisor"], (app, limit) => {
      app.use((request, _response, next) => {
        request.url = request.url.replace("/v1/", "/api/ai/");
        next();
      });
      app.use("/api", limit);
    });
    expect(routes).toEqual(["/api/ai/supervisor", "refused by /api/ai/supervisor"]);
  });

  it.each<[string, string, (url: string) => string]>([
    ["ends with what it is rewritten to", "/v1/api/ai/supervisor", (url) => url.replace("/v1/", "/")],
    ["has that in its query", "/ai?/api/ai/supervisor", () => "/api/ai/supervisor"],
    ["names a host", "http://host/v1/api/ai/supervisor", (url) => url.replace("/v1/", "/")],
  ])("uses the rewritten path if the one that was sent %s", async (_what, target, rewrite) => {
    const routes = await routesOf([target, target], (app, limit) => {
      app.use((request, _response, next) => {
        request.url = rewrite(request.url);
        next();
      });
      app.use("/api", limit);
    });
    expect(routes).toEqual(["/api/ai/supervisor", "refused by /api/ai/supervisor"]);
  });

  it("knows what was sent when routers are mounted in routers", async () => {
    const targets = ["/api/ai?x", "http://host/api/ai/supervisor", "http://host/api/ai"];
    const routes = await routesOf(targets, (app, limit) => {
      app.use("/api", express.Router().use("/ai", limit));
    });
    expect(routes).toEqual(["/api/*", "/api/ai/supervisor", "/api/*"]);
  });

  it("asks for no key, cost or plan if nothing is counted, as for probes that don't come through the proxy", async () => {
    const table = createRouteTable({
      routes: [{ pattern: "/health", limits: "unlimited" }],
      default: { limits: [{ limit: 9, window: "1m" }] },
    });
    const unknown = () => Promise.reject(new Error("who?"));
    const app = express();
    app.use("/", rateLimit(table, { key: unknown, cost: unknown, plan: unknown }));
    app.use((_request, response) => {
      response.send("done");
    });
    running = await startApp(app.set("env", "test"));
    const statuses = ["/health", "/"].map(async (path) => (await fetch(`${running?.url}${path}`)).status);
    expect(await Promise.all(statuses)).toEqual([200, 500]);
  });
});
