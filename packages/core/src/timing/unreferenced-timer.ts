/** A timer that doesn't keep the process alive, where the runtime makes the difference. */
export function startUnreferencedTimer(act: () => void, ms: number): ReturnType<typeof setTimeout> {
  const timer: unknown = setTimeout(act, ms);
  (timer as { unref?: () => void }).unref?.();
  return timer as ReturnType<typeof setTimeout>;
}
