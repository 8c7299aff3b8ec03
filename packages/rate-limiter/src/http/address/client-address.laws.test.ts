import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClientAddress } from "./client-address.ts";

const ipv4 = fc.ipV4().filter((address) => !address.startsWith("10."));
const ipv6 = fc.ipV6();
const proxies = fc
  .array(fc.tuple(fc.nat(255), fc.nat(255)), { maxLength: 4 })
  .map((all) => all.map(([a, b]) => `10.0.${a}.${b}`));
/** Whatever can stand in a header's value: what a caller sends of its own. */
const sent = fc.string({ unit: fc.constantFrom(...'1.:,;="\\ []%afor/f'), maxLength: 40 });

const byAddress = createClientAddress({ trustedProxies: ["10.0.0.0/8"], ipv6Prefix: 128 });
const byElement = createClientAddress({ trustedProxies: ["10.0.0.0/8"], ipv6Prefix: 128, header: "forwarded" });
const alone = createClientAddress({ ipv6Prefix: 128 });
const direct = (socketAddress: string) => alone({ socketAddress, header: () => undefined });

function nameOrCode(text: string): string | undefined {
  try {
    return direct(text);
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe("a client's address", () => {
  it("is what the outermost proxy saw, whatever the client sends along", () => {
    fc.assert(
      fc.property(ipv4, proxies, sent, (client, between, spoof) => {
        const header = () => [spoof, client, ...between].join(", ");
        expect(byAddress({ socketAddress: "10.0.0.1", header })).toBe(client);
        const hops = createClientAddress({ trustedProxies: between.length + 1 });
        expect(hops({ header })).toBe(client);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is what the outermost proxy saw, if proxies write Forwarded and quote what the client sends", () => {
    const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
    fc.assert(
      fc.property(ipv4, proxies, sent, sent, (client, between, spoof, host) => {
        const elements = [client, ...between].map((address) => `for=${address};host=${quote(host)}`);
        const header = () => [spoof, ...elements].join(", ");
        expect(byElement({ socketAddress: "10.0.0.1", header })).toBe(client);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has one name, however it is written", () => {
    const spelled = (text: string) => [text, text.toUpperCase(), `[${text}]:8080`, `${text}%eth0`];
    fc.assert(
      fc.property(ipv6, (text) => {
        const name = direct(text);
        for (const other of spelled(text)) expect(direct(other)).toBe(name);
        expect(direct(name)).toBe(name);
      }),
    );
    fc.assert(
      fc.property(ipv4, (text) => {
        const hex = text.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
        const mapped = `::ffff:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
        for (const other of [text, `${text}:1`, `::ffff:${text}`, mapped]) expect(direct(other)).toBe(text);
      }),
    );
  });

  it("is the same as another one's exactly if they share the network", () => {
    const parts = fc.array(fc.constantFrom("0", "1", "ff", "8000"), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(parts, parts, fc.constantFrom(48, 64, 80), (one, other, ipv6Prefix) => {
        const name = createClientAddress({ ipv6Prefix });
        const [first, second] = [one, other].map((all) =>
          name({ socketAddress: `2001:${all.slice(1).join(":")}`, header: () => null }),
        );
        const network = (all: readonly string[]) => all.slice(1, ipv6Prefix / 16).join(":");
        expect(first === second).toBe(network(one) === network(other));
      }),
    );
  });

  it("is a name or a typed error for any text", () => {
    fc.assert(
      fc.property(fc.oneof(sent, fc.string()), (text) => {
        expect(nameOrCode(text)).toMatch(/^(?:CLIENT_ADDRESS_UNKNOWN|[\d.]+|[\da-f:]+)$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
