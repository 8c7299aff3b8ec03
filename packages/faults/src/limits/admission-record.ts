import type { Admission } from "./hammer-task.ts";

/** What a fleet is held to. */
export interface PromisedLimit {
  readonly limit: number;
  /** What each instance may admit per window while it counts for itself. */
  readonly part: number;
  readonly windowMs: number;
  readonly instances: number;
}

/** Everything that a fleet has let through, compared with what is promised. */
export interface AdmissionRecord {
  /** The most in any window, whatever it touches: of the store's own, of one instance's own, and of all together. */
  readonly most: { readonly onStore: number; readonly byOneInstance: number; readonly inAll: number };
  /** Windows that hold more than is promised, each in words. */
  readonly violations: readonly string[];
  add(instance: number, admissions: readonly Admission[]): void;
  /** Notes that the store lost at this time what it had counted, so that it may admit the limit once more. */
  noteLoss(at: number): void;
}

interface Recorded extends Admission {
  readonly instance: number;
}

export function createAdmissionRecord(promised: PromisedLimit): AdmissionRecord {
  const admissions: Recorded[] = [];
  const losses: number[] = [];

  const lifeAt = (time: number) => losses.filter((at) => at <= time).length;
  const inWindow = (name: (admission: Recorded) => unknown, chosen = admissions) => {
    const groups = new Set(chosen.map(name));
    return Math.max(0, ...[...groups].flatMap((group) => countsOf(chosen.filter((each) => name(each) === group))));
  };
  const countsOf = (group: readonly Recorded[]) => windowsOf(group, promised.windowMs).map(({ length }) => length);
  const onStore = () => admissions.filter(({ origin }) => origin === "store");
  const locally = () => admissions.filter(({ origin }) => origin === "local");
  const mostOf = () => ({
    onStore: inWindow(({ takenAt }) => lifeAt(takenAt), onStore()),
    byOneInstance: inWindow(({ instance }) => instance, locally()),
    inAll: inWindow(() => "all"),
  });

  return {
    get most() {
      return mostOf();
    },
    get violations() {
      const { limit, part, windowMs, instances } = promised;
      const most = mostOf();
      const found: string[] = [];
      if (most.onStore > limit) found.push(`the store let ${most.onStore} through in a window`);
      if (most.byOneInstance > part) found.push(`an instance let ${most.byOneInstance} through by itself in a window`);
      for (const window of windowsOf(admissions, windowMs)) {
        const [first, last] = [window[0] as Recorded, window.at(-1) as Recorded];
        const lives = 1 + lifeAt(last.takenAt) - lifeAt(first.takenAt);
        const isStoresAlone = window.every(({ origin }) => origin === "store");
        const bound = limit * lives + (isStoresAlone ? 0 : part * instances);
        if (window.length > bound) found.push(`${window.length} in a window that may hold ${bound}`);
      }
      return found;
    },
    add(instance, more) {
      for (const admission of more) admissions.push({ instance, ...admission });
    },
    noteLoss(at) {
      losses.push(at);
    },
  };
}

/** The admissions in the window (t - windowMs, t] for the time t of each one. No other window holds more than these. */
function windowsOf(admissions: readonly Recorded[], windowMs: number): (readonly Recorded[])[] {
  const sorted = [...admissions].sort((one, other) => one.takenAt - other.takenAt);
  let first = 0;
  return sorted.map(({ takenAt }, last) => {
    while ((sorted[first] as Recorded).takenAt + windowMs <= takenAt) first += 1;
    return sorted.slice(first, last + 1);
  });
}
