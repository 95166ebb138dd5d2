/** The part of Permissions Policy's script interface used here; Chromium has it under its old name, others not at all. */
interface PolicyView {
  allowsFeature(feature: string): boolean;
}

/**
 * Says whether this document may capture at all. Asked before `getUserMedia`, whose refusal looks the same for
 * "the person said no" and "VS Code never lets a webview".
 */
export function policyBlocksMicrophone(): boolean {
  // The DOM types know neither name: `permissionsPolicy` is the standard's, `featurePolicy` what Chromium ships.
  const page: Document & { permissionsPolicy?: PolicyView; featurePolicy?: PolicyView } = document;
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  return policy !== undefined && !policy.allowsFeature('microphone');
}
