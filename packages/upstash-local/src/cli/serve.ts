import { ConfigurationError } from "@keyward/core";
import type { UpstashServerOptions } from "../options.ts";
import { startUpstashServer } from "../upstash-server.ts";

/** Starts the server, prints its address, and closes it at SIGINT or SIGTERM. A second signal ends the process at once. */
export async function serve(options: UpstashServerOptions): Promise<void> {
  const server = await startUpstashServer(options);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
  console.log(`Upstash REST from your Redis. For the app's environment:\n\nKV_REST_API_URL=${server.url}`);
  console.log(
    options.token === undefined ? `KV_REST_API_TOKEN=${server.token}\n` : "KV_REST_API_TOKEN as you set it\n",
  );
  await warnIfUnreachable(server.url, server.token);
}

async function warnIfUnreachable(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: "POST", headers, body: '["PING"]' });
  if (response.ok) return;
  const { error } = (await response.json()) as { error: string };
  console.error(`${error.replace(/^ERR /, "")}. Until that is fixed, requests are answered with ${response.status}.`);
}

/** Returns why the server didn't start, in a sentence without any value that was passed. */
export function startFailure(error: unknown): string {
  if (ConfigurationError.is(error)) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return "The port is taken. Choose another with --port, or 0 for a free one.";
  return `Can't listen there${code === undefined ? "" : ` (${code})`}.`;
}
