import type { Frame, FrameLocator, Page } from 'playwright-core';

/** The webview of an extension, as VS Code nests it: an outer frame of its own making, and ours inside. */
function outerFrame(extensionId: string): string {
  return `iframe.webview.ready[src*="extensionId=${extensionId}"]`;
}

/**
 * Finds things in the (only) webview of an extension. It looks anew each time it is used, so it outlives reloads.
 *
 * @param extensionId `publisher.name`
 */
export function webview(page: Page, extensionId: string): FrameLocator {
  return page.frameLocator(outerFrame(extensionId)).frameLocator('#active-frame');
}

/** The frame itself, once its page has loaded, for running script in it. It is replaced when the webview reloads. */
export async function webviewFrame(page: Page, extensionId: string): Promise<Frame> {
  const body = webview(page, extensionId).locator('body');
  await body.waitFor({ state: 'attached' });
  const handle = await body.elementHandle();
  const frame = await handle.ownerFrame();
  if (frame === null) throw new Error(`The webview of ${extensionId} went away while it loaded.`);
  return frame;
}
