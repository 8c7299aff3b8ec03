/** Starts a timer that doesn't keep the process alive, in runtimes where timers do. */
export function startUnreferencedTimer(act: () => void, ms: number): ReturnType<typeof setTimeout> {
  const timer: unknown = setTimeout(act, ms);
  (timer as { unref?: () => void }).unref?.();
  return timer as ReturnType<typeof setTimeout>;
}
