import { ConfigurationError } from "@keyward/core";
import { RateLimitError } from "@keyward/rate-limiter";
import { describe, expect, it } from "vitest";
import { createAddressKey } from "./address-key.ts";

const request = (headers: Record<string, string>) => new Request("https://app.example/", { headers });

describe("createAddressKey", () => {
  it("reads the one header that it is told to, from the right", () => {
    const headers = { "cf-connecting-ip": "203.0.113.7", "x-forwarded-for": "1.1.1.1, 198.51.100.9, 10.0.0.1" };
    expect(createAddressKey({ header: "cf-connecting-ip" })(request(headers))).toBe("203.0.113.7");
    expect(createAddressKey({ header: "x-forwarded-for", trustedProxies: 2 })(request(headers))).toBe("198.51.100.9");
  });

  it("cuts IPv6 to its network", () => {
    const key = createAddressKey({ header: "x-real-ip", ipv6Prefix: 56 });
    expect(key(request({ "x-real-ip": "2001:db8:1:2ff::7" }))).toBe("2001:db8:1:200::/56");
  });

  it("throws if the header holds no address: callers without one never share a limit", () => {
    const key = createAddressKey({ header: "x-real-ip" });
    for (const headers of [{}, { "x-real-ip": "" }, { "x-real-ip": "unknown" }, { "x-forwarded-for": "1.1.1.1" }]) {
      expect(() => key(request(headers as Record<string, string>))).toThrow(RateLimitError);
    }
  });

  it.each([
    {},
    { header: "" },
    { header: "x-real-ip", trustedProxies: 0 },
    { header: "x-real-ip", trustedProxies: ["10.0.0.0/8"] },
  ])("refuses %j", (options) => {
    expect(() => createAddressKey(options as never)).toThrow(ConfigurationError);
  });
});
