/** Collects messages, and waits for them without polling. */
export interface Inbox {
  readonly messages: readonly string[];
  readonly listener: (message: string) => void;
  /** Resolves once there are `count` messages; rejects after ten seconds. */
  readonly holds: (count: number) => Promise<void>;
}

const mostMs = 10_000;

export function createInbox(): Inbox {
  const messages: string[] = [];
  let wake = () => {};
  return {
    messages,
    listener(message) {
      messages.push(message);
      wake();
    },
    async holds(count) {
      if (messages.length >= count) return;
      await new Promise<void>((resolve, reject) => {
        const late = () => reject(new Error(`${messages.length} of ${count} messages within ${mostMs} ms`));
        const timer = setTimeout(late, mostMs);
        wake = () => {
          if (messages.length < count) return;
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
