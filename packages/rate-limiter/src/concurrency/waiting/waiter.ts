/** Waits for its turn: until it is called, or until a pause is over. A call that comes between two pauses isn't lost. */
export class Waiter {
  #isCalled = false;
  #end: (() => void) | undefined;

  call(): void {
    this.#isCalled = true;
    this.#end?.();
  }

  /** Resolves when it is called, at once if it was called since the last pause, and after `ms` at the latest. */
  async pause(ms: number): Promise<void> {
    if (!this.#isCalled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, ms));
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#end = undefined;
    this.#isCalled = false;
  }
}
