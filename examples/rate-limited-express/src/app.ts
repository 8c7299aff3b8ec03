import { rateLimit } from "@keyward/express";
import express, { type Express } from "express";
import type { KeyValueBackend } from "keyward";
import { createAppRouteTable } from "./route-table.ts";

/** @param log receives a line for each check */
export function createApp(backend: KeyValueBackend, log: (line: string) => void): Express {
  const app = express();
  // How many proxies stand in front of the app: with a wrong number callers choose their own address.
  app.set("trust proxy", Number(process.env["TRUSTED_PROXIES"] ?? 0));
  app.use(
    rateLimit(createAppRouteTable(backend), {
      onDecision({ allowed, remaining }, { ip, path }, durationMs) {
        log(JSON.stringify({ ip, path, allowed, remaining, latencyMs: Number(durationMs.toFixed(2)) }));
      },
    }),
  );

  app.get("/health", (_request, response) => {
    response.json({ ok: true });
  });
  app.post("/api/ai/supervisor", (_request, response) => {
    response.json({ answer: "Nothing to report." });
  });
  app.all("/api/ai/*path", (request, response) => {
    response.json({ tool: request.params["path"] });
  });
  app.all("/api/servers/:id", (request, response) => {
    response.json({ id: request.params["id"], state: "running" });
  });
  return app;
}
