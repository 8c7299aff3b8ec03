import { describe, expect, it } from "vitest";
import { pattern } from "../detection/pattern.ts";
import type { MaskerEvent } from "../events.ts";
import { createMasker } from "../masker.ts";

describe("a value that is found as two types", () => {
  const detectors = [
    pattern({ type: "CORP_USER", pattern: /(?<=user=)[a-z]+/, maxLength: 20 }),
    pattern({ type: "CORP_HOST", pattern: /(?<=host=)[a-z]+/, maxLength: 20 }),
  ];
  const text = "user=alpha host=alpha host=alpha user=alpha host=alpha";

  it("gets one token of each type", async () => {
    const masked = await createMasker({ detectors }).mask(text);
    const [user, host] = ["user=CORP_USER_001", "host=CORP_HOST_001"];
    expect(masked.text).toBe(`${user} ${host} ${host} ${user} ${host}`);
  });

  it("is looked up once for each type", async () => {
    const events: MaskerEvent[] = [];
    await createMasker({ detectors, observer: (event) => events.push(event) }).mask(text);
    expect(events).toMatchObject([{ type: "mask", findings: { CORP_USER: 2, CORP_HOST: 3 }, storeLookups: 2 }]);
  });
});
