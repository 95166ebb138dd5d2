/** How often a condition is looked at that nothing announces, such as a file being whole. */
const LOOK_EVERY_MS = 50;

/** Waits until the condition holds; throws with `what` after `timeoutMs`. For what has no event of its own to wait for. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not so within ${timeoutMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
