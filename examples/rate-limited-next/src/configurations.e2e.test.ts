import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spelledPaths } from "@keyward/test-kit";
import { sample } from "fast-check";
import { expect, test } from "vitest";
import { ask, buildApp, startApp } from "./fixtures/next-app.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The same app as another one may have configured it. */
function configured(name: string, configuration: object): string {
  const folder = join(here, "../dist", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "src/pages"), { recursive: true });
  for (const part of ["app", "proxy.ts", "route-table.ts"]) {
    cpSync(join(here, part), join(folder, "src", part), { recursive: true });
  }
  // Locales are for pages, and an app that has them has one.
  writeFileSync(join(folder, "src/pages/greeting.js"), 'export default () => "Hello";');
  cpSync(join(here, "../tsconfig.next.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  // The app's own build has looked at the types.
  const whole = { ...configuration, typescript: { ignoreBuildErrors: true } };
  writeFileSync(join(folder, "next.config.mjs"), `export default ${JSON.stringify(whole)};`);
  return folder;
}

const used = "/docs/api/ai/other";
const i18n = { locales: ["en", "fr"], defaultLocale: "en" };

test.each([
  {
    name: "locales",
    configuration: { basePath: "/docs", i18n },
    alike: (data: string) => [`/docs${data}/fr/api/ai/other.json`, `/docs${data}/EN/api/ai/other.json`],
  },
  {
    name: "raw-urls",
    configuration: { basePath: "/docs", skipProxyUrlNormalize: true },
    alike: (data: string) => [`/docs${data}/api/ai/other.json`, `${data}/docs/api/ai/other.json`],
  },
])(
  "no spelling of its path reaches a route whose limit is used up, configured for $name",
  async (app) => {
    const folder = configured(app.name, app.configuration);
    const data = `/_next/data/${await buildApp(folder)}`;
    const { port } = await startApp(folder);
    const served = (body: string) => body.includes("tool");
    const alike = [used, ...app.alike(data)];
    // Each of them is served where there is no limit, or else nothing would be proven below.
    for (const path of alike)
      expect([path, served((await ask(port, path, { ip: "192.0.2.1" })).body)]).toEqual([path, true]);
    for (const [index, path] of [...alike, ...sample(spelledPaths(alike), 40)].entries()) {
      const ip = `10.1.0.${index}`;
      await Promise.all(Array.from({ length: 10 }, () => ask(port, used, { ip })));
      expect([path, served((await ask(port, path, { ip })).body)]).toEqual([path, false]);
    }
  },
  240_000,
);
