/** Collects messages, and waits for them without polling. */
export interface Inbox {
  readonly messages: readonly string[];
  readonly listener: (message: string) => void;
  /** Resolves once there are `count` messages. Rejects if that takes too long. */
  readonly holds: (count: number) => Promise<void>;
}

export function createInbox(patienceMs: number): Inbox {
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
        const late = () => reject(new Error(`${messages.length} of ${count} messages within ${patienceMs} ms`));
        const timer = setTimeout(late, patienceMs);
        wake = () => {
          if (messages.length < count) return;
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
