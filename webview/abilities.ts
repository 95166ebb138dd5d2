import type { Ability } from '../src/protocol/messages.ts';

/** The two spellings under which browsers tell what the document's permissions policy lets it use. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  readonly permissionsPolicy?: { allowsFeature(feature: string): boolean };
}

/**
 * What this document may do. A browser without a way to ask is given the benefit of the doubt: the microphone itself then
 * reports why it is not to be had.
 */
export function abilities(): readonly Ability[] {
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined; // missing in an insecure context
  const able: Ability[] = [];
  if (devices?.getUserMedia !== undefined && isAllowed('microphone')) able.push('microphone');
  if (devices?.getUserMedia !== undefined && isAllowed('camera')) able.push('camera');
  if (devices?.getDisplayMedia !== undefined && isAllowed('display-capture')) able.push('display-capture');
  if ('AudioWorkletNode' in globalThis) able.push('playback');
  return able;
}

/** Whether the document's permissions policy lets it use this; true where the browser does not tell. */
export function isAllowed(feature: Ability): boolean {
  const { featurePolicy, permissionsPolicy } = document as PolicyDocument; // in no type library: not a standard yet
  try {
    return (featurePolicy ?? permissionsPolicy)?.allowsFeature(feature) ?? true;
  } catch {
    return true;
  }
}
