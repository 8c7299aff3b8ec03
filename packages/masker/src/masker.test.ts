import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { dictionary } from "./detection/dictionary.ts";
import { pattern } from "./detection/pattern.ts";
import type { MaskerEvent } from "./events.ts";
import { counted, failureOf, instance } from "./fixtures/counted-masker.ts";
import { createMasker } from "./masker.ts";

function cutIntoTens(): TransformStream<string, string> {
  return new TransformStream({
    transform(chunk, controller) {
      for (const piece of chunk.match(/.{1,10}/gs) ?? []) controller.enqueue(piece);
    },
  });
}

describe("createMasker", () => {
  it("runs in memory without any options", async () => {
    const masker = createMasker();
    const masked = await masker.mask("Analyze: EC2 i-1234567890abcdef0, S3 my-bucket, RDS prod-db, IP 10.0.1.100");
    expect(masked.text).toMatch(/^Analyze: EC2 AWS_EC2_001, S3 AWS_S3_BUCKET_001, RDS \w+_001, IP NET_IPV4_001$/);
    for (const value of ["i-1234567890abcdef0", "my-bucket", "prod-db", "10.0.1.100"]) {
      expect(JSON.stringify(masked)).not.toContain(value);
    }
    expect(await masker.unmask("AWS_EC2_001 is idle.", masked)).toEqual({
      text: "i-1234567890abcdef0 is idle.",
      unresolved: [],
    });
  });

  it("asks the store once for a document with new values, and not at all once all are known", async () => {
    const { backend, masker } = counted();
    const text = Array.from({ length: 900 }, (_, index) => instance(index)).join(" ");
    const masked = await masker.mask(text);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:assign"]);
    await masker.mask(text);
    await masker.unmask(masked.text, masked);
    expect(backend.calls).toHaveLength(1);
  });

  it("asks the store once for an answer with values that it doesn't know", async () => {
    const shared = createMemoryBackend();
    const masked = await counted(shared).masker.mask(`${instance(1)} ${instance(2)} 10.0.0.1`);
    const { backend, masker } = counted(shared);
    expect((await masker.unmask(masked.text, masked)).text).toBe(`${instance(1)} ${instance(2)} 10.0.0.1`);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:resolve"]);
  });

  it("asks the store once for a streamed answer, however many tokens it has", async () => {
    const shared = createMemoryBackend();
    const text = Array.from({ length: 300 }, (_, index) => instance(index)).join(" ");
    const masked = await counted(shared).masker.mask(text);
    const { backend, masker } = counted(shared);
    let restored = "";
    const pieces = new Blob([masked.text]).stream().pipeThrough(new TextDecoderStream());
    for await (const piece of pieces.pipeThrough(cutIntoTens()).pipeThrough(masker.unmaskStream(masked))) {
      restored += piece;
    }
    expect(restored).toBe(text);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:resolve"]);
  });

  it("numbers more values than fit into one step, in text order", async () => {
    const { masker } = counted();
    const values = Array.from({ length: 2_500 }, (_, index) => instance(index));
    const { findings } = await masker.mask(values.join("\n"));
    expect(findings.map(({ token }) => token)).toEqual(
      values.map((_, index) => `AWS_EC2_${String(index + 1).padStart(3, "0")}`),
    );
  });

  it("keeps scopes apart", async () => {
    const masker = createMasker();
    const one = await masker.mask(`10.0.0.1 ${instance(1)}`, { scope: "tenant-1" });
    const other = await masker.mask("10.0.0.2", { scope: "tenant-2" });
    expect(other.text).toBe("NET_IPV4_001");
    expect((await masker.unmask("NET_IPV4_001", other, { scope: "tenant-2" })).text).toBe("10.0.0.2");
    expect(await failureOf(masker.unmask("NET_IPV4_001", one, { scope: "tenant-2" }))).toMatchObject({
      code: "SCOPE_MISMATCH",
    });
    const answer = await masker.unmask("AWS_EC2_001", other, { scope: "tenant-2" });
    expect(answer.unresolved).toMatchObject([{ token: "AWS_EC2_001", reason: "not-issued" }]);
  });

  it("keeps the tokens of a text that was stored masked if the handle names them", async () => {
    const masker = createMasker();
    const stored = await masker.mask("the host is 10.0.0.1");
    const asked = await masker.mask(`${stored.text}, and 10.0.0.2, not NET_IPV4_777`, { keep: stored });
    expect(asked.text).toBe("the host is NET_IPV4_001, and NET_IPV4_002, not TEXT_LITERAL_001");
    expect((await masker.unmask(asked.text, asked)).text).toBe("the host is 10.0.0.1, and 10.0.0.2, not NET_IPV4_777");
  });

  it("leaves allowed values alone, and masks what the user's own detectors find", async () => {
    const masker = createMasker({
      detectors: [
        "network",
        dictionary({ type: "PROJECT_NAME", terms: ["Blue Heron", "청룡"] }),
        pattern({ type: "ORDER_ID", pattern: /\bORD-\d{6}\b/, maxLength: 10 }),
      ],
      allow: ["127.0.0.1", /^10\.9\./],
    });
    const { text } = await masker.mask("Blue Heron and 청룡은 at 127.0.0.1, 10.9.0.1, 10.8.0.1: ORD-123456 i-0abc1234");
    expect(text).toBe(
      "PROJECT_NAME_001 and PROJECT_NAME_002은 at 127.0.0.1, 10.9.0.1, NET_IPV4_001: ORDER_ID_001 i-0abc1234",
    );
  });

  it("previews without asking the store or writing to it", () => {
    const { backend, masker } = counted();
    expect(masker.preview("see 10.0.0.1")).toEqual([{ type: "NET_IPV4", start: 4, end: 12, confidence: "high" }]);
    expect(backend.calls).toEqual([]);
  });

  it("tells its observer counts and times, but no value", async () => {
    const events: MaskerEvent[] = [];
    const masker = createMasker({ observer: (event) => events.push(event) });
    const masked = await masker.mask("10.0.0.1 10.0.0.1 10.0.0.2");
    await masker.unmask(`${masked.text} NET_IPV4_009`, masked);
    await masker.erase("scope");
    expect(events).toMatchObject([
      { type: "mask", textLength: 26, findings: { NET_IPV4: 3 }, storeLookups: 2 },
      { type: "unmask", tokens: 4, unresolved: { "not-issued": 1 }, storeLookups: 0 },
      { type: "erase" },
    ]);
    expect(JSON.stringify(events)).not.toContain("10.0.0");
  });
});
