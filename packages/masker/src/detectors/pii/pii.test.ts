import { describe, expect, it } from "vitest";
import { createValueFinder, findValues, readMarked } from "../find-values.ts";
import { type Row, testTables } from "../fixtures/test-tables.ts";
import { passesMod97 } from "./iban.ts";
import { isKoreanBusinessNumber } from "./korean-business-number.ts";
import { passesLuhn } from "./luhn.ts";
import { pii } from "./pii.ts";

const shapes: readonly Row[] = [
  ["PII_EMAIL", "jane.doe@example.com", "a+b_c%d@sub.example.co.kr", "12345@163.com", "x@y-z.museum"],
  ["PII_PHONE", "+82 10-1234-5678", "+821012345678", "+82-2-123-4567", "+1 (415) 555-0123", "+1-415-555-0123"],
  ["PII_PHONE", "+44 20 7946 0958", "+33 6 12 34 56 78", "+49 30 12345678", "+7 916 123-45-67", "+91 98765 43210"],
  ["PII_PHONE", "(415) 555-0123", "415-555-0123", "415.555.0123", "1-800-555-0199"],
  ["PII_PHONE", "010-1234-5678", "010.1234.5678", "01012345678", "011-123-4567", "02-123-4567", "031-1234-5678"],
  ["PII_PHONE", "070-1234-5678", "0505-123-4567", "02)123-4567"],
  ["PII_PAYMENT_CARD", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111", "5555555555554444"],
  [
    "PII_PAYMENT_CARD",
    "3782 822463 10005",
    "378282246310005",
    "6011000990139424",
    "3530111333300000",
    "30569309025904",
  ],
  ["PII_IBAN", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432", "DE89370400440532013000"],
  ["PII_IBAN", "FR14 2004 1010 0505 0001 3M02 606", "NO93 8601 1117 947"],
  ["PII_US_SSN", "123-45-6789"],
  ["PII_KR_RRN", "900101-1234567", "010203-3234567", "900101-1******"],
  ["PII_KR_BUSINESS_NUMBER", "120-81-47521", "124-81-00998"],
  ["PII_DRIVER_LICENCE", "11-22-123456-78"],
];

const contexts: readonly Row[] = [
  ["PII_EMAIL", "mailto:«jane@example.com»", "<«jane@example.com»>", "메일은 «jane@example.com»으로 보내세요"],
  [
    "PII_PHONE",
    'phone: "«4155550123»"',
    '"phoneNumber": "«4155550123»"',
    "Tel: «02) 123-4567»",
    "mobile number «415 555 0123»",
    "전화 «010 1234 5678»로",
    "연락처: «02-123-4567»",
    "전화번호는 «0212345678»입니다",
  ],
  ["PII_US_SSN", "SSN: «123456789»", '"ssn": "«123 45 6789»"'],
  ["PII_KR_RRN", "주민등록번호 «900101 1234567»", "주민번호는 «9001011234567»입니다"],
  ["PII_KR_BUSINESS_NUMBER", "사업자등록번호: «1208147521»"],
  [
    "PII_KR_BANK_ACCOUNT",
    "계좌번호: «110-123-456789»",
    "국민은행 «123456-01-123456»으로",
    "계좌 신한은행 «110-123-456789»",
  ],
  ["PII_PASSPORT", "passport number: «X12345678»", "여권번호 «M12345678»", "여권번호는 «M123A4567»입니다"],
  ["PII_DRIVER_LICENCE", "driver's license: «D1234567»", "운전면허 «11-22-123456-78»"],
];

const nothing = [
  "2024-01-15 10:20:30 and 2024.01.15 and 20240115-123456",
  "1700000000 and 1700000000000 and 1700000000000000",
  "version 10.20.3000 and build 415-555-01234",
  "order 123-45-67890 and 000-12-3456 and 666-12-3456 and 900-12-3456 and 123-00-4567",
  "4111 1111 1111 1112 and 4111111111111112 and 1234567812345678",
  "GB82 WEST 1234 5698 7654 33 and XX82 WEST 1234 5698 7654 32",
  "lodash@4.17.21 and @types/node and git@github.com:owner/repo.git and user@localhost",
  "https://user@example.com/path",
  "+0900 and +09:00 and 1+12345678901 and +20 and + 5",
  "timestamp+12345678 and a/+1234567890",
  "120-81-47522",
  "901301-1234567 and 900132-1234567 and 900101-9234567",
  "uuid 1a2b3c4d-0505-1234-5678-3e4f5a6b7c8d",
  "phone: none, passport control, license number plate, tel: n/a",
  "전화 주세요, 계좌 개설, 여권 발급, 은행 업무 2024-01-15",
  "10-20-123456-7 and 99-22-123456-78",
];

describe("pii", () => {
  testTables({ shapes, contexts, nothing });

  it("ends a number where the next one on the line begins", () => {
    const { text, values } = readMarked(
      "«4111 1111 1111 1111» 123, «010-1234-5678» 2024, «+82 10-1234-5678» «02-123-4567»",
    );
    expect(findValues(text).map(({ value }) => value)).toEqual(values);
  });

  it("finds all of several addresses that are glued together", () => {
    const addresses = ["a@b.com", "jane@example.com", "Joe.Bloggs+x@mail.example.co.uk", "x_1@sub-domain.io"];
    for (const first of addresses) {
      for (const second of addresses) {
        for (const value of [first + second, first + second + first, `${first}.${second}`, `${first}-${second}`]) {
          const rest = findValues(value).reduce((text, found) => text.replace(found.value, ""), value);
          expect(rest, value).toMatch(/^[.-]?$/);
        }
      }
    }
  });

  it("ends an IBAN before the word after it", () => {
    expect(findValues("GB82 WEST 1234 5698 7654 32 AND MORE")).toEqual([
      { type: "PII_IBAN", value: "GB82 WEST 1234 5698 7654 32" },
    ]);
  });

  it("finds only the national forms of the given regions", () => {
    const text = "jane@example.com 123-45-6789 900101-1234567";
    const typesFor = (...regions: ("intl" | "us" | "kr")[]) =>
      createValueFinder(pii({ regions }))(text).map(({ type }) => type);
    expect(typesFor("intl")).toEqual(["PII_EMAIL"]);
    expect(typesFor("us")).toEqual(["PII_US_SSN"]);
    expect(typesFor("kr", "intl")).toEqual(["PII_EMAIL", "PII_KR_RRN"]);
  });
});

describe("check digits", () => {
  it.each(["4111111111111111", "79927398713", "0"])("pass for the Luhn number %s", (digits) => {
    expect(passesLuhn(digits)).toBe(true);
  });

  it("fail for a Luhn number with any single digit changed", () => {
    const digits = "4111111111111111";
    for (let index = 0; index < digits.length; index++) {
      const changed = digits.slice(0, index) + ((Number(digits[index]) + 1) % 10) + digits.slice(index + 1);
      expect(passesLuhn(changed)).toBe(false);
    }
  });

  it("pass for an IBAN and fail if two of its groups are swapped", () => {
    expect(passesMod97("DE89 3704 0044 0532 0130 00")).toBe(true);
    expect(passesMod97("DE89 0044 3704 0532 0130 00")).toBe(false);
  });

  it("pass for a Korean business number and fail for its neighbours", () => {
    expect(isKoreanBusinessNumber("120-81-47521")).toBe(true);
    expect(isKoreanBusinessNumber("1208147521")).toBe(true);
    expect(isKoreanBusinessNumber("120-81-47520")).toBe(false);
    expect(isKoreanBusinessNumber("120-81-4752")).toBe(false);
  });
});
