import { startForwardingProxy, type ForwardingProxy, type ProxyPlan } from './forwarding-proxy.ts';

/** Takes microphone, camera and screen from a page and its frames, as desktop VS Code and vscode.dev do from webviews. */
export const DENYING_HEADERS = {
  'permissions-policy': 'microphone=(), camera=(), display-capture=()',
} as const;

/** A proxy that turns code-server into a VS Code whose webviews may neither hear nor see. */
export function startDenyingProxy(plan: Omit<ProxyPlan, 'headers'>): Promise<ForwardingProxy> {
  return startForwardingProxy({ ...plan, headers: DENYING_HEADERS });
}
