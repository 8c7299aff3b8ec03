import { randomBytes } from "node:crypto";
import type { KeyValueBackend } from "@keyward/core";
import { createMasker, type Masked, type Masker } from "@keyward/masker";
import { instanceId } from "@keyward/test-kit";
import type { Answer, Feature } from "./feature.ts";

const encryption = { keys: [randomBytes(32).toString("base64")] };
/** How many originals have been made, so that no two calls mask the same one. */
let made = 0;

function maskerOn(backend: KeyValueBackend, scope: string): Masker {
  return createMasker({ backend, scope, encryption, detectors: ["aws"], observer: () => undefined });
}

/** @throws if an original is left in it */
function kindOf(token: string): Answer {
  if (/^AWS_EC2_\d{3,}$/.test(token)) return "done";
  if (/^AWS_EC2_X[0-9A-Z]+$/.test(token)) return "sealed";
  throw new Error("the value isn't masked");
}

function expectRestored(text: string, original: string): Answer {
  if (text !== original) throw new Error("the value isn't restored");
  return "done";
}

export const maskerFeatures: readonly Feature[] = [
  {
    name: "mask, new values",
    async prepare(backend) {
      const masker = maskerOn(backend, "new");
      const attempt = async () => kindOf((await masker.mask(instanceId(made++))).text);
      await attempt();
      return attempt;
    },
  },
  {
    name: "mask, known values",
    async prepare(backend) {
      const masker = maskerOn(backend, "known");
      const original = instanceId(made++);
      const attempt = async () => kindOf((await masker.mask(original)).text);
      await attempt();
      return attempt;
    },
  },
  restoring("unmask", async (masker, masked) => (await masker.unmask(masked.text, masked.handle)).text),
  restoring("unmask a stream", async (masker, masked) => {
    let text = "";
    const pieces = ReadableStream.from([...masked.text]).pipeThrough(masker.unmaskStream(masked.handle));
    for await (const piece of pieces) text += piece;
    return text;
  }),
  {
    name: "erase",
    async prepare(backend) {
      const masker = maskerOn(backend, "erased");
      const { text } = await masker.mask(instanceId(made++));
      return async () => {
        await masker.erase({ tokens: [text] });
        return "done";
      };
    },
  },
  {
    name: "reindex",
    async prepare(backend) {
      const masker = maskerOn(backend, "reindexed");
      await masker.mask(instanceId(made++));
      return async () => {
        await masker.reindex();
        return "done";
      };
    },
  },
];

/** Restores with a masker that doesn't know the value yet, like that of another instance of the app. */
function restoring(name: string, restore: (masker: Masker, masked: Masked) => Promise<string>): Feature {
  return {
    name,
    async prepare(backend) {
      const original = instanceId(made++);
      const masked = await maskerOn(backend, name).mask(original);
      return async () => expectRestored(await restore(maskerOn(backend, name), masked), original);
    },
  };
}
