import { describe, expect, it } from "vitest";
import { readCommandLine, UsageError } from "./command-line.ts";

const optionsOf = (args: string[], environment = {}) => {
  const commandLine = readCommandLine(args, environment);
  return commandLine.kind === "serve" ? commandLine.options : commandLine.kind;
};

describe("readCommandLine", () => {
  it("serves a local Redis on port 8079 by default", () => {
    expect(optionsOf([])).toEqual({ redis: "redis://127.0.0.1:6379", port: 8079 });
  });

  it("prefers the command line to the environment", () => {
    const environment = { REDIS_URL: "redis://environment", KV_REST_API_TOKEN: "of-the-environment" };
    expect(optionsOf([], environment)).toMatchObject({ redis: "redis://environment", token: "of-the-environment" });
    const args = ["--redis", "redis://line", "--token=of-the-line", "--host", "::1", "--port", "0"];
    expect(optionsOf([...args, "--max-request-bytes", "10"], environment)).toEqual({
      redis: "redis://line",
      token: "of-the-line",
      host: "::1",
      port: 0,
      maxRequestBytes: 10,
    });
  });

  it("leaves a malformed number to the check of the options", () => {
    expect(optionsOf(["--port", "80a"])).toMatchObject({ port: Number.NaN });
    expect(optionsOf(["--port", ""])).toMatchObject({ port: Number.NaN });
  });

  it("shows the help before anything else", () => {
    expect(optionsOf(["--help", "--port", "x"])).toBe("help");
  });

  it.each([[["s3cr3t"]], [["--tokn=s3cr3t"]], [["--tokn", "s3cr3t"]], [["--token"]], [["--help=s3cr3t"]]])(
    "refuses %j without quoting a value",
    (args) => {
      expect(() => readCommandLine(args, {})).toThrow(UsageError);
      expect(() => readCommandLine(args, {})).not.toThrow("s3cr3t");
    },
  );
});
