import { type AddressInfo, createServer } from "node:net";

/**
 * A port on loopback that was free a moment ago, never the same one twice in this process.
 *
 * Another process may take it first, so be ready to ask for another one.
 *
 * @param most the highest that will do
 */
export async function freePort(most = 65_535): Promise<number> {
  for (;;) {
    const port = await askForPort();
    if (given.has(port) || port > most) continue;
    given.add(port);
    return port;
  }
}

const given = new Set<number>();

function askForPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
