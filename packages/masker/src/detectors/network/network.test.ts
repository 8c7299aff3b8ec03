import { isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Row, testTables } from "../fixtures/test-tables.ts";
import { isIpv6 } from "./parse-ipv6.ts";

const shapes: readonly Row[] = [
  ["NET_IPV4", "10.0.1.100", "192.168.0.1", "255.255.255.255", "0.0.0.0", "127.0.0.1", "8.8.8.8", "203.0.113.25"],
  ["NET_CIDR", "10.0.0.0/16", "0.0.0.0/0", "192.168.1.0/24", "10.0.0.1/32"],
  ["NET_IPV6", "2001:db8:85a3:0:0:8a2e:370:7334", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
  ["NET_IPV6", "2001:db8::1", "2001:db8::ff00:42:8329", "fe80::1", "fe80::1ff:fe23:4567:890a%eth0", "::1"],
  ["NET_IPV6", "::ffff:192.0.2.128", "64:ff9b::192.0.2.33", "ff02::1:ff00:0", "fdab::1", "FE80::ABCD", "2001:db8::"],
  ["NET_CIDR", "2001:db8::/32", "fe80::/10", "fd00:1234:5678::/48", "2001:db8:1:2:3:4:5:6/128"],
  ["NET_CIDR", "64:ff9b::/96"],
  ["NET_IPV6", "::ffff:10.0.0.0/104"],
  ["NET_MAC", "00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"],
  ["NET_HOST_NAME", "ip-10-0-1-100.ec2.internal", "ip-10-0-1-100.ap-northeast-2.compute.internal", "ip-10-0-1-100"],
  ["NET_HOST_NAME", "ec2-203-0-113-25.compute-1.amazonaws.com"],
  ["NET_HOST_NAME", "ec2-203-0-113-25.ap-northeast-2.compute.amazonaws.com"],
  ["NET_HOST_NAME", "db01.corp", "payments.prod.svc.cluster.local", "jenkins.build.internal", "nas-2.lan"],
  ["NET_HOST_NAME", "db.intranet.intra", "db.intra.intranet", "db.internal.internal", "a.local.corp.local"],
];

const contexts: readonly Row[] = [
  [
    "NET_IPV4",
    "«10.0.0.1»:8080",
    "http://«10.0.0.1»:8080/path",
    "host/«10.0.0.1»",
    "«10.0.0.1»,«10.0.0.2»;«10.0.0.3»",
    "«10.0.0.1»-«10.0.0.9»",
    "Server at «10.0.0.1»를 재시작",
  ],
  ["NET_IPV6", "http://[«2001:db8::1»]:8080/", "from «fe80::1»: unreachable", "«::1» - - [10/Oct/2023]"],
  ["NET_HOST_NAME", "postgres://app@«database.internal»:5432/x", "https://«wiki.corp»/page", "«grafana.lan»:3000"],
];

const nothing = [
  "v1.2.3.4 and version 1.2.3.4 and Version=4.0.0.0 and 1.2.3.4-beta",
  "Mozilla/5.0 AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
  "1.3.6.1.4.1.311 is an object id",
  "256.1.1.1 and 1.2.3 and 1.2.3.400",
  "std::cout << std::endl; a::b::c; Foo::Bar::new()",
  "list[::2], list[1::2], list[::-1], ::",
  "12:34:56 and 2024-01-15T12:34:56 and 12:34:56:789",
  "key::value and :: and a:b:c:d:e",
  "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
  "1234.5678.9012",
  "settings.local and config.local.json and os.local_path and com.sun.internal.Foo",
  "file.internal_name, window.localStorage, x.lang",
  "2001:db8:::1 and 1:2:3:4:5:6:7:8:9 and :1:2:3:4:5:6:7:8",
];

describe("network", () => {
  testTables({ shapes, contexts, nothing });
});

describe("isIpv6", () => {
  it.each(["::", "1::", "::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4", "fe80::1%25eth0"])(
    "takes %s for an address",
    (value) => {
      expect(isIpv6(value)).toBe(true);
    },
  );

  it("agrees with the platform on random combinations", () => {
    const pieces = ["1", "ab", "F00D", "12345", ":", "::", "1.2.3.4", "255.0.0.1", "256.0.0.1", ".", "1.2.3", "g"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 17 }), (parts) => {
        expect(isIpv6(parts.join(""))).toBe(isIPv6(parts.join("")));
      }),
      { numRuns: 2_000 },
    );
    // Full-length addresses are rare among random combinations.
    fc.assert(
      fc.property(fc.array(fc.constantFrom("1", "ab", "F00D", "", "1.2.3.4"), { maxLength: 10 }), (groups) => {
        expect(isIpv6(groups.join(":"))).toBe(isIPv6(groups.join(":")));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["", ":", ":::", "1", "1:2:3:4:5:6:7", "1::2::3", "1:2:3:4:5:6:7:8:9", "12345::", "1::1.2.3", "1.2.3.4::"])(
    "takes %s for none",
    (value) => {
      expect(isIpv6(value)).toBe(false);
    },
  );
});
