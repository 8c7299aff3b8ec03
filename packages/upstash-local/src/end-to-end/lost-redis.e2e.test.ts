import { startRedis, until } from "@keyward/test-kit";
import { afterEach, expect, it, vi } from "vitest";
import { type FeedOf, monitor, subscription } from "../stream/redis-feed.ts";

afterEach(() => vi.useRealTimers());

it.each<[string, FeedOf]>([
  ["messages", subscription("subscribe", [Buffer.from("news")])],
  ["commands", monitor],
])("a feed of %s that has lost Redis leaves nothing that would keep the process alive", async (_, feedOf) => {
  const redis = await startRedis();
  let hasEnded = false;
  const feed = feedOf(
    redis.url,
    5_000,
    () => {},
    () => {
      hasEnded = true;
    },
  );
  await feed.started;
  await redis.stop();
  await until("it is told", () => hasEnded);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  feed.stop();
  expect(vi.getTimerCount()).toBe(0);
});
