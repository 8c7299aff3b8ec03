import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

describe("createMasker", () => {
  it("runs on memory without any option", async () => {
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

  it("gives one original one token, on every instance over one store", async () => {
    const backend = createMemoryBackend();
    const [one, other] = [createMasker({ backend }), createMasker({ backend })];
    expect((await one.mask("i-1234567890abcdef0 and i-1234567890abcdef1")).text).toBe("AWS_EC2_001 and AWS_EC2_002");
    expect((await other.mask("i-1234567890abcdef1 and i-1234567890abcdef2")).text).toBe("AWS_EC2_002 and AWS_EC2_003");
  });
});
