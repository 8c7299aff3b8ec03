import type { AddressInfo } from "node:net";
import { createBackendFromEnv } from "keyward";
import { createApp } from "./app.ts";

const backend = createBackendFromEnv();
const server = createApp(backend, console.log).listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}, counts in ${backend.name}`);
});

process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
  void backend.close();
});
