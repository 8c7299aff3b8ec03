import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { environmentVariables } from "./environment.ts";
import { examplesIn, promisedBy, runExample } from "./fixtures/run-example.ts";
import * as keyward from "./index.ts";

const modules = { keyward, express };
const secret = "user kim@example.co.kr on i-1234567890abcdef0";
const tenantOf = () => "tenant-1";

function readPage(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

function read(path: string): readonly string[] {
  return examplesIn(readPage(path));
}

const ownReadme = "packages/keyward/README.md";

/** The one example of the README that holds `mark`. */
function exampleWith(mark: string): string {
  const found = read(ownReadme).filter((code) => code.includes(mark));
  if (found.length !== 1) throw new Error(`${found.length} examples hold ${mark}`);
  return found[0] ?? "";
}

beforeAll(() => {
  vi.stubEnv("MASK_KEY", Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64"));
  vi.stubEnv("REDIS_ENABLED", "false");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe("the documentation", () => {
  it.each(["README.md", ownReadme])("begins, in %s, with an example that does what it says", async (path) => {
    const code = `${read(path)[0]}\nexport { masked, text, unresolved };`;
    const { exports } = await runExample(code, modules);
    expect(exports).toMatchObject({
      masked: { text: "Analyze AWS_EC2_001" },
      text: "i-1234567890abcdef0 is idle.",
      unresolved: [],
    });
  });

  const printing = ["README.md", ownReadme, "packages/masker/README.md", "docs/errors.md"].flatMap((path) =>
    read(path)
      .filter((code) => code.includes("console.log"))
      .map((code, index) => ({ path, code, index })),
  );

  it("has examples that print something", () => {
    expect(printing.length).toBeGreaterThan(5);
  });

  it.each(printing)("prints in $path what its comments say: $index", async ({ code }) => {
    const { printed } = await runExample(code, modules);
    expect(printed).toEqual(promisedBy(code));
  });
});

describe("the README", () => {
  it("names everything that the package exports", () => {
    const page = readPage(ownReadme);
    expect(Object.keys(keyward).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it("names every variable that is read", () => {
    const page = readPage(ownReadme);
    expect(environmentVariables.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });
});

describe("the Express route of the README", () => {
  it("shows the model tokens only, and restores its answer", async () => {
    const prompts: string[] = [];
    const askModel = async (prompt: string) => {
      prompts.push(prompt);
      return `Seen: ${prompt}`;
    };
    const { exports } = await runExample(exampleWith("app.post("), modules, { askModel, tenantOf });
    const response = await post(exports["app"] as express.Express, secret);
    expect([response.status, await response.text()]).toEqual([200, `Seen: ${secret}`]);
    expect(prompts).toEqual(["user PII_EMAIL_001 on AWS_EC2_001"]);
  });

  it("goes on when the store can't be reached, with sealed tokens", async () => {
    vi.stubEnv("REDIS_ENABLED", "true");
    vi.stubEnv("REDIS_URL", "redis://127.0.0.1:1");
    const askModel = vi.fn(async (prompt: string) => `Seen: ${prompt}`);
    const { exports } = await runExample(exampleWith("app.post("), modules, { askModel, tenantOf });
    const response = await post(exports["app"] as express.Express, secret);
    vi.stubEnv("REDIS_ENABLED", "false");
    vi.stubEnv("REDIS_URL", undefined);
    expect([response.status, await response.text()]).toEqual([200, `Seen: ${secret}`]);
    expect(askModel).toHaveBeenCalledWith(expect.stringMatching(/^user PII_EMAIL_X\w+ on AWS_EC2_X\w+$/));
  });
});

describe("the Next.js route of the README", () => {
  it("shows the model tokens only, and restores an answer that is cut anywhere", async () => {
    const prompts: string[] = [];
    const askModel = (prompt: string) => {
      prompts.push(prompt);
      return ReadableStream.from([...`Seen: ${prompt}`]);
    };
    const { exports } = await runExample(exampleWith("function POST"), modules, { askModel, tenantOf });
    const POST = exports["POST"] as (request: Request) => Promise<Response>;
    const response = await POST(new Request("http://localhost/api/ask", { method: "POST", body: secret }));
    expect(await response.text()).toBe(`Seen: ${secret}`);
    expect(prompts).toEqual(["user PII_EMAIL_001 on AWS_EC2_001"]);
  });
});

async function post(app: express.Express, body: string): Promise<Response> {
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/ask`, {
    method: "POST",
    body,
    headers: { "content-type": "text/plain", connection: "close" },
  });
  server.close();
  return response;
}
