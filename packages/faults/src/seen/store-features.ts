import { createCounter, createMappingStore } from "@keyward/core";
import { increment } from "@keyward/test-kit";
import type { Feature } from "./feature.ts";

const local = { degrade: "local" } as const;

export const storeFeatures: readonly Feature[] = [
  {
    name: "counter",
    async prepare(backend) {
      const counter = createCounter({ backend });
      await counter.next("invoice");
      return async () => {
        await counter.next("invoice");
        return "done";
      };
    },
  },
  {
    name: "mapping store, assign",
    async prepare(backend) {
      const store = createMappingStore({ backend, scope: "assigned" });
      let made = 0;
      const attempt = async () => {
        await store.assign([{ type: "HOST", value: `host-${made++}` }]);
        return "done" as const;
      };
      await attempt();
      return attempt;
    },
  },
  {
    name: "mapping store, resolve",
    async prepare(backend) {
      const store = createMappingStore({ backend, scope: "resolved" });
      await store.assign([{ type: "HOST", value: "db-1" }]);
      return async () => {
        const { values } = await store.resolve([{ type: "HOST", number: 1 }]);
        if (values[0] !== "db-1") throw new Error("the mapping is lost");
        return "done";
      };
    },
  },
  {
    name: "publish",
    async prepare(backend) {
      const attempt = async () => {
        await backend.publish("news", "hello");
        return "done" as const;
      };
      await attempt();
      return attempt;
    },
  },
  {
    name: "get, degrade local",
    async prepare(backend) {
      await backend.set("shared", "value");
      return async () => ((await backend.get("shared", local)) === "value" ? "done" : "memory");
    },
  },
  {
    name: "script, degrade local",
    async prepare(backend) {
      await backend.run(increment, ["far"], { by: 1_000 });
      return async () => ((await backend.run(increment, ["far"], { by: 1 }, local)) > 1_000 ? "done" : "memory");
    },
  },
  {
    name: "get, degrade never",
    async prepare(backend) {
      await backend.set("kept", "value");
      return async () => {
        if ((await backend.get("kept")) !== "value") throw new Error("the value is lost");
        return "done";
      };
    },
  },
  {
    name: "set, degrade never",
    async prepare(backend) {
      const attempt = async () => {
        await backend.set("written", "value");
        return "done" as const;
      };
      await attempt();
      return attempt;
    },
  },
  {
    name: "delete, degrade never",
    async prepare(backend) {
      const attempt = async () => {
        await backend.delete(["unwritten"]);
        return "done" as const;
      };
      await attempt();
      return attempt;
    },
  },
];
