import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { RateLimitError } from "../../errors.ts";
import { createClientAddress, type RequestOrigin } from "./client-address.ts";
import type { ClientAddressOptions } from "./client-address-options.ts";

const proxy = "10.0.0.2";

function originOf(socketAddress: string | undefined, headers: Readonly<Record<string, string>> = {}): RequestOrigin {
  return { socketAddress, header: (name) => headers[name] };
}

function ask(
  options: ClientAddressOptions,
  socketAddress: string | undefined,
  headers?: Record<string, string>,
): string {
  return createClientAddress(options)(originOf(socketAddress, headers));
}

const unknown = expect.objectContaining({ code: "CLIENT_ADDRESS_UNKNOWN" });

describe("createClientAddress", () => {
  it("ignores every header unless proxies are trusted", () => {
    const headers = { "x-forwarded-for": "203.0.113.7", forwarded: "for=203.0.113.7" };
    expect(ask({}, "198.51.100.1", headers)).toBe("198.51.100.1");
    expect(ask({ trustedProxies: [] }, "198.51.100.1", headers)).toBe("198.51.100.1");
  });

  it.each([
    ["198.51.100.1", "198.51.100.1"],
    ["::ffff:198.51.100.1", "198.51.100.1"],
    ["::FFFF:c633:6401", "198.51.100.1"],
    ["64:ff9b::198.51.100.1", "198.51.100.1"],
    ["[2001:db8::1]:443", "2001:db8::/64"],
    ["198.51.100.1:443", "198.51.100.1"],
    ["2001:DB8:0:0:1:2:3:4", "2001:db8::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80::/64"],
    ["::1", "::/64"],
  ])("names the caller at %s %s", (address, name) => {
    expect(ask({}, address)).toBe(name);
  });

  it.each([
    [48, "2001:db8:1::/48"],
    [57, "2001:db8:1:280::/57"],
    [128, "2001:db8:1:2ff::7"],
  ])("cuts IPv6 to %i bits if asked to", (ipv6Prefix, name) => {
    expect(ask({ ipv6Prefix }, "2001:db8:1:2ff::7")).toBe(name);
  });

  it.each([
    undefined,
    "",
    " ",
    "unknown",
    "1",
    "127.1",
    "0x7f.0.0.1",
    "010.0.0.1",
    "1.2.3.4.5",
    "256.1.1.1",
    "::ffff:010.0.0.1",
  ])("fails for a socket at %j instead of letting such callers share a limit", (address) => {
    expect(() => ask({}, address)).toThrow(unknown);
  });

  it.each([
    "1::2::3",
    "12345::",
    "[::1",
    "::1]",
    "[1.2.3.4]:80",
    "1:2:3:4:5:6:7:8:9",
    "::g",
    ":::",
    `::${"0".repeat(200)}1`,
  ])("fails for a socket at %j, which is no IPv6 address", (address) => {
    expect(() => ask({ ipv6Prefix: 128 }, address)).toThrow(RateLimitError);
  });

  it("never shows an address in its errors", () => {
    const trustedProxies = [proxy];
    for (const value of ["203.0.113.999", "secret, 10.0.0.2"]) {
      expect(() => ask({ trustedProxies }, proxy, { "x-forwarded-for": value })).toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(/203|secret|10\.0/) }),
      );
    }
  });

  describe("with proxies trusted by their addresses", () => {
    const trustedProxies = ["10.0.0.0/8", "2001:db8:ffff::/48", "192.0.2.7"];

    it("takes the socket's address if that isn't a proxy's", () => {
      expect(ask({ trustedProxies }, "198.51.100.1", { "x-forwarded-for": "203.0.113.7" })).toBe("198.51.100.1");
    });

    it.each([
      ["203.0.113.7", "203.0.113.7"],
      ["1.1.1.1, 203.0.113.7", "203.0.113.7"],
      ["1.1.1.1, 203.0.113.7, 192.0.2.7,10.9.9.9", "203.0.113.7"],
      ['garbage " , 203.0.113.7, 2001:db8:ffff::1', "203.0.113.7"],
      [",,203.0.113.7:1234, ,", "203.0.113.7"],
      ["1.1.1.1, ::ffff:203.0.113.7, ::ffff:10.1.1.1", "203.0.113.7"],
      ["10.3.3.3, 10.1.1.1", "10.3.3.3"],
    ])("takes the rightmost address of %j that isn't a proxy's", (value, client) => {
      expect(ask({ trustedProxies }, proxy, { "x-forwarded-for": value })).toBe(client);
    });

    it.each(["", ",", "203.0.113.7, unknown", "203.0.113.7, 10.0.0.300", "1.1.1.1, , _hidden, 10.1.1.1"])(
      "fails for %j, which doesn't tell the client",
      (value) => {
        expect(() => ask({ trustedProxies }, proxy, { "x-forwarded-for": value })).toThrow(unknown);
      },
    );

    it("fails if the runtime doesn't tell the peer's address", () => {
      expect(() => ask({ trustedProxies }, undefined, { "x-forwarded-for": "203.0.113.7" })).toThrow(unknown);
    });

    it.each([
      ["for=203.0.113.7", "203.0.113.7"],
      ["for=1.1.1.1, for=203.0.113.7;proto=https;by=10.0.0.1", "203.0.113.7"],
      ['proto=https ; FOR="203.0.113.7:8080", For="[2001:db8:ffff::9]:99"', "203.0.113.7"],
      ['for="evil, for=203.0.113.7', "203.0.113.7"],
      ['for=203.0.113.7;host="a, for=1.1.1.1"', "203.0.113.7"],
      ['for=203.0.113.7;host="a\\", for=1.1.1.1"', "203.0.113.7"],
      ['for=203.0.113.7;host="a;for=1.1.1.1"', "203.0.113.7"],
      ['x="\\", for="203.0.113.7"', "203.0.113.7"],
    ])("reads Forwarded: %s", (value, client) => {
      expect(ask({ trustedProxies, header: "Forwarded" }, proxy, { forwarded: value })).toBe(client);
    });

    it.each([
      "proto=https",
      "for=unknown",
      "for=_x",
      "for=1.1.1.1;for=203.0.113.7",
      "for",
      "203.0.113.7",
      'for="203.0.113.7',
    ])("fails for Forwarded: %s", (value) => {
      expect(() => ask({ trustedProxies, header: "forwarded" }, proxy, { forwarded: value })).toThrow(unknown);
    });

    it("reads no other header than the one that the proxies write", () => {
      const headers = { "x-forwarded-for": "1.1.1.1", forwarded: "for=1.1.1.1", "cf-connecting-ip": "203.0.113.7" };
      expect(ask({ trustedProxies, header: "CF-Connecting-IP" }, proxy, headers)).toBe("203.0.113.7");
    });
  });

  describe("with a number of proxies", () => {
    it.each([
      [1, "1.1.1.1, 203.0.113.7", "203.0.113.7"],
      [2, "1.1.1.1, 203.0.113.7, 192.0.2.1", "203.0.113.7"],
      [3, "203.0.113.7, 192.0.2.1, garbage", "203.0.113.7"],
    ])(
      "takes the address from which the outermost of %i proxies received the request",
      (trustedProxies, value, client) => {
        expect(ask({ trustedProxies }, proxy, { "x-forwarded-for": value })).toBe(client);
        expect(ask({ trustedProxies }, undefined, { "x-forwarded-for": value })).toBe(client);
      },
    );

    it("fails if fewer proxies have written the header", () => {
      expect(() => ask({ trustedProxies: 2 }, proxy, { "x-forwarded-for": "203.0.113.7" })).toThrow(
        /names 1 addresses, but with 2 trusted proxies/,
      );
    });
  });

  it.each([
    ["trustedProxies", true],
    ["trustedProxies", "10.0.0.0/8"],
    ["trustedProxies", -1],
    ["trustedProxies", Number.POSITIVE_INFINITY],
    ["trustedProxies[1]", ["10.0.0.1", "0.0.0.0/0"]],
    ["trustedProxies[0]", ["::/0"]],
    ["trustedProxies[0]", ["10.0.0.0/33"]],
    ["trustedProxies[0]", ["::ffff:10.0.0.0/104"]],
    ["trustedProxies[0]", ["10.0.0.1:80"]],
    ["trustedProxies[0]", ["10"]],
    ["trustedProxies[0]", [7]],
    ["ipv6Prefix", 0],
    ["ipv6Prefix", 129],
    ["ipv6Prefix", 64.5],
    ["header", "x-forwarded-for, forwarded"],
    ["trustProxy", 1],
  ])("refuses %s: %j", (field, value) => {
    const option = field.replace(/\[.*/, "");
    expect(() => createClientAddress({ [option]: value })).toThrow(expect.objectContaining({ field }));
    expect(() => createClientAddress({ [option]: value })).toThrow(ConfigurationError);
  });

  it("refuses a header without trustedProxies: all callers would look like the proxy", () => {
    const given = { header: "x-real-ip" };
    expect(() => createClientAddress(given)).toThrow(expect.objectContaining({ field: "trustedProxies" }));
    expect(ask({ ...given, trustedProxies: 0 }, proxy, { "x-real-ip": "203.0.113.7" })).toBe(proxy);
  });
});
