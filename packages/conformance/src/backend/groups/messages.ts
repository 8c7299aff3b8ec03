import { expect } from "vitest";
import type { BackendSubject } from "../backend-subject.ts";
import { checksOf } from "../checks-of.ts";

export const messageChecks = checksOf("messages", {
  "a message that is published after subscribing arrives": async (subject) => {
    const { backend, key } = subject;
    const channel = key("channel");
    const inbox = subject.inbox();
    await backend.subscribe(channel, inbox.listener);
    await backend.publish(channel, "hello");
    await inbox.holds(1);
    expect(inbox.messages).toEqual(["hello"]);
  },

  "messages arrive unchanged and in the order of sending, from any instance": async (subject) => {
    const { backend, second, key } = subject;
    const channel = key("channel");
    const inbox = subject.inbox();
    await backend.subscribe(channel, inbox.listener);
    const sent = ["", "line\r\nline\n", "a,b", '{"a":1}', "한국어 👩‍👩‍👧", "123", "null", "\0", "x".repeat(100_000)];
    for (const [index, message] of sent.entries()) {
      await (index % 2 === 0 ? backend : second).publish(channel, message);
    }
    for (let index = 0; index < 50; index++) await second.publish(channel, String(index));
    await inbox.holds(sent.length + 50);
    expect(inbox.messages).toEqual([...sent, ...Array.from({ length: 50 }, (_, index) => String(index))]);
  },

  "a subscription gets messages of its own channel only, and the name is no pattern": async (subject) => {
    const { backend, key } = subject;
    const base = key("channel");
    const inbox = subject.inbox();
    await backend.subscribe(`${base}*`, inbox.listener);
    for (const channel of [base, `${base}a`, `${base.toUpperCase()}*`, `${base}**`]) {
      await backend.publish(channel, "for others");
    }
    await backend.publish(`${base}*`, "for us");
    await inbox.holds(1);
    expect(inbox.messages).toEqual(["for us"]);
  },

  "every subscription of a channel gets every message, even two with the same listener": async (subject) => {
    const { backend, second, key } = subject;
    const channel = key("channel");
    const [one, other] = [subject.inbox(), subject.inbox()];
    await backend.subscribe(channel, one.listener);
    await backend.subscribe(channel, one.listener);
    await second.subscribe(channel, other.listener);
    await backend.publish(channel, "hello");
    await Promise.all([one.holds(2), other.holds(1)]);
    expect([one.messages, other.messages]).toEqual([["hello", "hello"], ["hello"]]);
  },

  "publishing to a channel without listeners resolves": async (subject) => {
    const { backend, key } = subject;
    expect(await backend.publish(key("channel"), "hello")).toBeUndefined();
  },

  "an error that a listener throws affects nobody": async (subject) => {
    const { backend, key } = subject;
    const channel = key("channel");
    const inbox = subject.inbox();
    await backend.subscribe(channel, () => {
      throw new Error("a listener's own trouble");
    });
    await backend.subscribe(channel, inbox.listener);
    await backend.publish(channel, "first");
    await backend.publish(channel, "second");
    await inbox.holds(2);
    expect(inbox.messages).toEqual(["first", "second"]);
  },

  "the returned function ends that subscription and no other, and may be called twice": async (subject) => {
    const { backend, key } = subject;
    const channel = key("channel");
    const [ended, going] = [subject.inbox(), subject.inbox()];
    const end = await backend.subscribe(channel, ended.listener);
    await backend.subscribe(channel, going.listener);
    await end();
    await end();
    await backend.publish(channel, "after");
    await going.holds(1);
    await deliverAll(subject);
    expect(ended.messages).toEqual([]);
  },

  "a channel can be subscribed to again": async (subject) => {
    const { backend, key } = subject;
    const channel = key("channel");
    const inbox = subject.inbox();
    await (await backend.subscribe(channel, () => {}))();
    await backend.subscribe(channel, inbox.listener);
    await backend.publish(channel, "hello");
    await inbox.holds(1);
  },

  "a signal ends its subscription": async (subject) => {
    const { backend, key } = subject;
    const channel = key("channel");
    const [ended, going] = [subject.inbox(), subject.inbox()];
    const controller = new AbortController();
    const end = await backend.subscribe(channel, ended.listener, { signal: controller.signal });
    await backend.subscribe(channel, going.listener);
    controller.abort();
    await backend.publish(channel, "after");
    await going.holds(1);
    await deliverAll(subject);
    expect(ended.messages).toEqual([]);
    await end();
  },

  "closing ends the subscriptions": async (subject) => {
    const { backend, fresh, key } = subject;
    const channel = key("channel");
    const inbox = subject.inbox();
    const other = await fresh();
    const end = await other.subscribe(channel, inbox.listener);
    await other.close();
    await backend.publish(channel, "after");
    await deliverAll(subject);
    expect(inbox.messages).toEqual([]);
    await end();
  },
});

export const gapChecks = checksOf("messages", {
  "after a cut connection the listener learns of the gap, and messages continue": async (subject) => {
    const { backend, second, expectations, key } = subject;
    const channel = key("channel");
    const [inbox, gaps] = [subject.inbox(), subject.inbox()];
    await backend.subscribe(channel, inbox.listener, { onGap: () => gaps.listener("gap") });
    await expectations.disconnect?.();
    await gaps.holds(1);
    await second.ping().catch(() => {});
    await second.publish(channel, "after");
    await inbox.holds(1);
    expect(inbox.messages.at(-1)).toBe("after");
  },
});

/** Resolves when everything that was published before must have arrived, if anyone is listening. */
async function deliverAll(subject: BackendSubject): Promise<void> {
  const { backend, key } = subject;
  const channel = key("channel");
  const inbox = subject.inbox();
  await backend.subscribe(channel, inbox.listener);
  await backend.publish(channel, "last");
  await inbox.holds(1);
}
