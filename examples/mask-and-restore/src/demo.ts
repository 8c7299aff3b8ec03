import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createMasker } from "keyward";
import pc from "picocolors";
import { sampleDocuments, sensitiveValues } from "./sample-data.ts";
import { showConversation } from "./show-conversation.ts";
import { showEverything } from "./show-everything.ts";
import { openStores } from "./stores.ts";
import { createScreen } from "./terminal/screen.ts";

/** Files named on the command line take the samples' place. */
const ownFiles = process.argv.slice(2);

const screen = createScreen(process.stdout);
const documents =
  ownFiles.length === 0
    ? sampleDocuments
    : ownFiles.map((path) => ({ file: basename(path), text: readFileSync(path, "utf8") }));
const listed = ownFiles.length === 0 ? sensitiveValues : [];
const shown = documents.find(({ file }) => file === "incident.md") ?? documents[0];

/** In words; an error of the API holds nothing of the prompt. */
function explain(error: unknown): string {
  const { status } = error as { readonly status?: unknown };
  if (status === 400) return "the model refused a prompt: an unmasked value would have left the house";
  return error instanceof Error ? error.message : "the demo failed";
}

async function main(): Promise<readonly string[]> {
  const stores = openStores();
  // A run of its own each time; an app names its tenant here and keeps its key where it keeps its secrets.
  const scope = `demo-${randomBytes(6).toString("hex")}`;
  const encryption = { keys: [process.env["MASK_KEY"] ?? randomBytes(32).toString("base64")] };
  const masking = createMasker({ backend: stores.first, scope, encryption });
  const restoring = createMasker({ backend: stores.second, scope, encryption });
  try {
    screen.line();
    screen.line(`${pc.bold("Keyward")}  mask before the model, restore after it`);
    screen.line(pc.dim(`store: ${stores.name}; one instance of the app masks, another one restores`));
    return [
      ...(shown === undefined ? [] : await showConversation(shown, { screen, masking, restoring, listed })),
      ...(await showEverything(documents, { screen, stores, masking, restoring, listed })),
    ];
  } finally {
    await masking.erase("scope").finally(() => stores.close());
  }
}

const problems = await main().catch((error: unknown) => [explain(error)]);
screen.line();
if (problems.length === 0) {
  screen.line(pc.green("✓ Nothing leaked, everything was restored."));
} else {
  for (const problem of problems) screen.line(pc.red(`✗ ${problem}`));
  process.exitCode = 1;
}
screen.heading("Try next");
screen.line(`${pc.cyan("npm run demo -- my.log")}                             your own files, this computer only`);
screen.line(`${pc.cyan("REDIS_URL=redis://localhost:6379 npm run demo")}      two instances that share a Redis`);
screen.line(`${pc.cyan("npm test")}                                           the twelve scenarios, on a real Redis`);
screen.line();
